package org.openedx.aggregator.task;

import java.util.Optional;

import io.vertx.mutiny.sqlclient.Row;

/** What is known of a task of another system when an event comes for it. */
record ExternalRow(String uuid, Optional<String> parent, Optional<String> top, int level, boolean container, int phase,
        long lastSequence, int expectedParts) {

    static ExternalRow of(Row row) {
        var expected = row.getInteger("expected_parts");
        return new ExternalRow(row.getString("uuid"), Optional.ofNullable(row.getString("parent")),
                Optional.ofNullable(row.getString("top")), row.getInteger("level"), row.getBoolean("is_container"),
                row.getInteger("phase"), row.getLong("last_sequence"), expected == null ? 0 : expected);
    }

    boolean isFinished() {
        return phase == Phase.FINISHED;
    }

    Place place() {
        return new Place(parent, top, level, 0);
    }
}
