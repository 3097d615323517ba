package org.openedx.aggregator.event;

import java.io.IOException;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

import com.fasterxml.jackson.core.JsonParser;

/** Reads a JSON document by the schema of the fields we need; of the others nothing is read. */
final class JsonRecord {

    private final GenericRecord record;
    private final String path;

    private JsonRecord(Schema schema, String path) {
        this.record = new GenericData.Record(schema);
        this.path = path;
    }

    /**
     * The wanted fields.
     *
     * @throws UnreadableEventException if one is missing or of another type
     */
    static GenericRecord read(byte[] document, Schema schema) {
        var read = new JsonRecord(schema, "");
        JsonObject.read(document, read::onMember);
        return read.whole();
    }

    private void onMember(String member, JsonParser value) throws IOException {
        var field = record.getSchema().getField(member);
        if (field != null) {
            record.put(field.pos(), read(field, value));
        }
    }

    private Object read(Schema.Field field, JsonParser value) throws IOException {
        return switch (field.schema().getType()) {
            case RECORD -> record(field, value);
            case LONG -> JsonObject.integer(field.name(), value);
            case BOOLEAN -> JsonObject.bool(field.name(), value);
            case STRING -> JsonObject.text(field.name(), value);
            default -> throw new IllegalStateException("No schema of ours has a " + field.schema());
        };
    }

    private GenericRecord record(Schema.Field field, JsonParser value) throws IOException {
        var inner = new JsonRecord(field.schema(), path + field.name() + ".");
        JsonObject.readMembers(value, inner::onMember);
        return inner.whole();
    }

    private GenericRecord whole() {
        for (var field : record.getSchema().getFields()) {
            if (record.get(field.pos()) == null) {
                record.put(field.pos(), standIn(field));
            }
        }
        return record;
    }

    private Object standIn(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            throw new UnreadableEventException(path + field.name() + " is missing");
        }
        return GenericData.get().getDefaultValue(field);
    }
}
