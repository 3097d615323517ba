package org.openedx.aggregator.event;

import java.io.IOException;
import java.util.HashMap;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Reads what Debezium captured from JSON, with or without the schema wrapped around; of other columns nothing is read. */
final class CapturedJson {

    private final Set<String> columns;
    private final CapturedRecord captured = new CapturedRecord();

    private CapturedJson(Set<String> columns) {
        this.columns = columns;
    }

    static CapturedRecord read(byte[] document, Set<String> columns) {
        var read = new CapturedJson(columns);
        JsonObject.read(document, read::onMember);
        return read.captured;
    }

    private void onMember(String member, JsonParser value) throws IOException {
        switch (member) {
            case "payload" -> JsonObject.readMembers(value, this::onMember);
            case "before", "after" -> onRow(member, value);
            case "source" -> onSource(value);
            case "op", "__op" -> captured.operation(JsonObject.text(member, value));
            case "__deleted" -> captured.deleted(scalar(value));
            case "__source_ts_ms" -> captured.committedAt(JsonObject.integer(member, value));
            default -> onColumn(member, value);
        }
    }

    private void onRow(String member, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.START_OBJECT) {
            var row = new HashMap<String, Object>();
            JsonObject.readMembers(value, (column, cell) -> putWanted(row, column, cell));
            captured.row(member, row);
        }
    }

    private void putWanted(HashMap<String, Object> row, String column, JsonParser cell) throws IOException {
        if (columns.contains(column)) {
            row.put(column, scalar(cell));
        }
    }

    private void onSource(JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.START_OBJECT) {
            JsonObject.readMembers(value, this::onSourceMember);
        }
    }

    private void onSourceMember(String member, JsonParser value) throws IOException {
        if (member.equals("ts_ms")) {
            captured.committedAt(JsonObject.integer(member, value));
        }
    }

    private void onColumn(String member, JsonParser value) throws IOException {
        if (columns.contains(member)) {
            captured.column(member, scalar(value));
        }
    }

    private static Object scalar(JsonParser value) throws IOException {
        return switch (value.currentToken()) {
            case VALUE_STRING -> value.getText();
            case VALUE_NUMBER_INT -> value.getLongValue();
            case VALUE_NUMBER_FLOAT -> value.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
