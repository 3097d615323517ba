package org.openedx.aggregator.event;

import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.openedx.aggregator.registry.UnusableSchemaException;

/** Reads data, whichever schema they were written with, into the fields we need. */
final class AvroReader {

    private static final int MAX_REASON = 200;

    private final UnaryOperator<Schema> wanted;
    private final IntFunction<String> written;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

    /** {@code wanted} says what is wanted of a writer's schema, {@code written} gives the text of one by its id. */
    AvroReader(UnaryOperator<Schema> wanted, IntFunction<String> written) {
        this.wanted = wanted;
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
        var text = written(id);
        try {
            // Others' names and defaults are not ours to judge.
            var schema = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(text);
            return new GenericDatumReader<>(schema, wanted.apply(schema));
        } catch (RuntimeException e) {
            throw unreadable("Schema " + id + " cannot be used: ", e);
        }
    }

    private String written(int id) {
        try {
            return written.apply(id);
        } catch (UnusableSchemaException e) {
            throw new UnreadableEventException(e.getMessage());
        }
    }

    private static UnreadableEventException unreadable(String what, Exception failure) {
        var text = what + failure.getMessage();
        return new UnreadableEventException(text.substring(0, Math.min(MAX_REASON, text.length())));
    }
}
