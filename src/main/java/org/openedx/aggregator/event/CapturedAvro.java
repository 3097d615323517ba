package org.openedx.aggregator.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.openedx.aggregator.registry.SchemaRegistry;

/**
 * Reads what Debezium captured from Avro. Each connector makes up the names of its schemas, so the fields alone tell what is
 * what; those that are not wanted are not even decoded.
 */
final class CapturedAvro {

    private static final Set<String> ENVELOPE = Set.of("before", "after", "source", "ts_ms", "op", "__op", "__deleted",
            "__source_ts_ms");

    private final Set<String> columns;
    private final AvroReader reader;

    CapturedAvro(Set<String> columns, SchemaRegistry registry) {
        this.columns = columns;
        this.reader = new AvroReader(this::wanted, registry::avro);
    }

    CapturedRecord read(byte[] framed) {
        var captured = new CapturedRecord();
        var value = reader.read(new FramedDatum(framed));
        for (var field : value.getSchema().getFields()) {
            take(captured, field.name(), value.get(field.pos()));
        }
        return captured;
    }

    private void take(CapturedRecord captured, String name, Object value) {
        switch (name) {
            case "before", "after" -> takeRow(captured, name, value);
            case "source" -> takeSource(captured, value);
            case "op", "__op" -> captured.operation(String.valueOf(value));
            case "__deleted" -> captured.deleted(value);
            case "__source_ts_ms" -> takeTime(captured, value);
            default -> captured.column(name, scalar(value));
        }
    }

    private void takeRow(CapturedRecord captured, String name, Object value) {
        if (value instanceof GenericRecord row) {
            var cells = new HashMap<String, Object>();
            row.getSchema().getFields().forEach(field -> cells.put(field.name(), scalar(row.get(field.pos()))));
            captured.row(name, cells);
        }
    }

    private static void takeSource(CapturedRecord captured, Object value) {
        if (value instanceof GenericRecord source && source.hasField("ts_ms")) {
            takeTime(captured, source.get("ts_ms"));
        }
    }

    private static void takeTime(CapturedRecord captured, Object value) {
        if (value instanceof Long millis) {
            captured.committedAt(millis);
        }
    }

    private static Object scalar(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Float number ? number.doubleValue() : value;
    }

    private Schema wanted(Schema written) {
        return wanted(written, new HashMap<>());
    }

    // A row's schema is named once, at "before", and referred to at "after".
    private Schema wanted(Schema written, Map<String, Schema> known) {
        return switch (written.getType()) {
            case RECORD -> known.containsKey(written.getFullName())
                    ? known.get(written.getFullName())
                    : wantedRecord(written, known);
            case UNION -> Schema.createUnion(written.getTypes().stream().map(type -> wanted(type, known)).toList());
            default -> written;
        };
    }

    private Schema wantedRecord(Schema written, Map<String, Schema> known) {
        var record = Schema.createRecord(written.getName(), null, written.getNamespace(), false);
        known.put(written.getFullName(), record);
        record.setFields(written.getFields().stream()
                .filter(field -> columns.contains(field.name()) || ENVELOPE.contains(field.name()))
                .map(field -> new Schema.Field(field.name(), wanted(field.schema(), known)))
                .toList());
        return record;
    }
}
