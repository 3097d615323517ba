package org.openedx.aggregator.event;

import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Rows of the LMS's completion table as Debezium captures them, in JSON: the full envelope or, after
 * {@code ExtractNewRecordState}, the flat row; with or without the schema wrapped around. Deletions, which no tracking
 * event tells of, come this way.
 */
@ApplicationScoped
@Priority(1)
class DebeziumFormat implements EventFormat {

    static final String TABLE = ".completion_blockcompletion";

    @Override
    public boolean reads(RawEvent event) {
        return event.topic().endsWith(TABLE);
    }

    @Override
    public List<Change> read(RawEvent event) {
        // Each deletion is followed by a tombstone for Kafka's own compaction.
        if (event.message().value() == null) {
            return List.of();
        }
        return CapturedCompletion.read(event).stream().toList();
    }
}
