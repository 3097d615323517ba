package org.openedx.aggregator.event;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads data of one kind, whichever schema they were written with, into the fields we need. */
final class AvroReader {

    private static final int MAX_REASON = 200;

    private final Schema wanted;
    private final IntFunction<String> written;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

    /** {@code written} gives the text of a writer's schema by its id. */
    AvroReader(AvroEvent kind, IntFunction<String> written) {
        this.wanted = wanted(kind.resource());
        this.written = written;
    }

    /**
     * The wanted fields.
     *
     * @throws UnreadableEventException if the datum is not whole or was not written with a schema that has them
     */
    GenericRecord read(FramedDatum datum) {
        var reader = readers.computeIfAbsent(datum.schemaId(), this::reader);
        try {
            requireWhole(datum, reader.getSchema());
            return reader.read(null, decoder(datum));
        } catch (EOFException e) {
            throw new UnreadableEventException("The Avro datum is truncated");
        } catch (IOException | RuntimeException e) {
            throw unreadable("Malformed Avro: ", e);
        }
    }

    Schema wanted() {
        return wanted;
    }

    // Skipping allocates nothing. Reading allocates whatever length a string claims to have, which may be 2 GB.
    private static void requireWhole(FramedDatum datum, Schema schema) throws IOException {
        var decoder = decoder(datum);
        GenericDatumReader.skip(schema, decoder);
        if (!decoder.isEnd()) {
            throw new AvroRuntimeException("there is more after the datum");
        }
    }

    private static BinaryDecoder decoder(FramedDatum datum) {
        return DecoderFactory.get().binaryDecoder(datum.bytes(), datum.start(), datum.length(), null);
    }

    private GenericDatumReader<GenericRecord> reader(int id) {
        var text = written.apply(id);
        try {
            // Others' names and defaults are not ours to judge.
            var schema = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(text);
            return new GenericDatumReader<>(schema, wanted);
        } catch (RuntimeException e) {
            throw unreadable("Schema " + id + " cannot be used: ", e);
        }
    }

    private static Schema wanted(String resource) {
        try (var file = Objects.requireNonNull(AvroReader.class.getResourceAsStream(resource), resource)) {
            return new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnreadableEventException unreadable(String what, Exception failure) {
        var text = what + failure.getMessage();
        return new UnreadableEventException(text.substring(0, Math.min(MAX_REASON, text.length())));
    }
}
