package org.openedx.aggregator.tracking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import org.apache.avro.io.EncoderFactory;

/** A datum that consists of strings, as Confluent's serializers write it: a zero, the schema's id, the datum. */
final class FramedStrings {

    private FramedStrings() {
    }

    /** A record has no more to it in Avro than its fields one after the other, records in records included. */
    static byte[] of(int schemaId, String... fields) {
        var bytes = new ByteArrayOutputStream(1024);
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, schemaId).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            for (var field : fields) {
                encoder.writeString(field);
            }
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
