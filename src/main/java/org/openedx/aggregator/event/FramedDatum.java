package org.openedx.aggregator.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An Avro datum as Confluent's serializers write it: a zero, the id of the schema in four bytes, the datum. */
record FramedDatum(byte[] bytes) {

    static final int START = 5;

    FramedDatum {
        if (bytes.length < START) {
            throw new UnreadableEventException("Not a framed Avro datum: only " + bytes.length + " bytes");
        }
        if (bytes[0] != 0) {
            throw new UnreadableEventException("Not a framed Avro datum: it starts with byte " + bytes[0] + ", not 0");
        }
    }

    int schemaId() {
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    int start() {
        return START;
    }

    int length() {
        return bytes.length - START;
    }

    /**
     * The text of a record's key. The LMS's keys are plain strings whatever the schema's id, so no schema is needed;
     * empty if a key is something else.
     */
    static Optional<String> text(byte[] key) {
        if (key == null || key.length <= START || key[0] != 0) {
            return Optional.empty();
        }
        int position = START;
        long zigZag = 0;
        for (int shift = 0; shift < 35 && position < key.length; shift += 7) {
            byte part = key[position++];
            zigZag |= (part & 0x7fL) << shift;
            if (part >= 0) {
                break;
            }
        }
        // Twice the length: the lowest bit of a length, which is not negative, is 0.
        return zigZag == 2L * (key.length - position)
                ? Optional.of(new String(key, position, key.length - position, StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
