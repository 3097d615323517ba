package org.openedx.aggregator.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.registry.SchemaRegistry;

import io.smallrye.mutiny.Uni;

/**
 * Rows of the LMS's tables as Debezium captures them, in JSON or in framed Avro. Deletions, which no event tells of, come
 * this way, and a whole site when it is loaded.
 */
@ApplicationScoped
@Priority(1)
class DebeziumFormat implements EventFormat {

    private final SchemaRegistry registry;
    private final SnapshotMetrics snapshots;
    private final List<String> topics;
    private final Map<CapturedTable, CapturedAvro> avro = new EnumMap<>(CapturedTable.class);

    DebeziumFormat(SchemaRegistry registry, SnapshotMetrics snapshots, EventConfig config) {
        this.registry = registry;
        this.snapshots = snapshots;
        this.topics = config.cdcTopics().orElse(List.of());
        for (var table : CapturedTable.values()) {
            avro.put(table, new CapturedAvro(table.columns(), registry));
        }
    }

    @Override
    public boolean reads(RawEvent event) {
        return CapturedTable.ofTopic(event.topic()).isPresent() || topics.contains(event.topic());
    }

    /** Gets the schemas. */
    @Override
    public Uni<Void> prepare(Collection<RawEvent> events) {
        return registry.loadMissing(events.stream().flatMap(event -> schemaId(event).stream()));
    }

    @Override
    public boolean mayConcernUs(RawEvent event) {
        return table(event).isPresent();
    }

    @Override
    public List<Change> read(RawEvent event) {
        var table = table(event);
        if (table.isEmpty()) {
            return List.of();
        }
        var captured = captured(table.get(), event);
        if (captured.isSnapshot()) {
            snapshots.read(table.get());
        }
        return changes(table.get(), captured, event);
    }

    // A role that is edited in place is another role: the old one must not stay.
    private static List<Change> changes(CapturedTable table, CapturedRecord captured, RawEvent event) {
        var changes = new ArrayList<Change>();
        if (table == CapturedTable.ROLES) {
            captured.replaced().map(table::changes).ifPresent(changes::addAll);
        }
        captured.row(event).map(table::changes).ifPresent(changes::addAll);
        return changes;
    }

    private CapturedRecord captured(CapturedTable table, RawEvent event) {
        return isAvro(event) ? avro.get(table).read(event.value()) : CapturedJson.read(event.value(), table.columns());
    }

    // Each deletion is followed by a tombstone, for Kafka's own compaction.
    private static Optional<CapturedTable> table(RawEvent event) {
        var value = event.message().value();
        return value == null
                ? Optional.empty()
                : CapturedTable.ofTopic(event.topic()).filter(table -> table.mayConcernUs(value));
    }

    private static Optional<Integer> schemaId(RawEvent event) {
        return isAvro(event) && table(event).isPresent() && event.size() >= FramedDatum.START
                ? Optional.of(new FramedDatum(event.value()).schemaId())
                : Optional.empty();
    }

    private static boolean isAvro(RawEvent event) {
        return event.size() > 0 && event.value()[0] == 0;
    }
}
