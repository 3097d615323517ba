package org.openedx.aggregator.event;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.avro.Schema;
import org.openedx.aggregator.registry.SchemaRegistry;

import io.smallrye.mutiny.Uni;

/**
 * Events as the event bus of Open edX sends them: key and value framed Avro, the type in a header. A record whose key
 * says that it is not for us is not looked into, and its schema is not asked for.
 */
@ApplicationScoped
class AvroFormat implements EventFormat {

    private final SchemaRegistry registry;
    private final Map<BusEvent, AvroReader> readers = new EnumMap<>(BusEvent.class);

    AvroFormat(SchemaRegistry registry) {
        this.registry = registry;
        BusEvent.schemas().forEach(this::addReader);
    }

    private void addReader(BusEvent kind, Schema wanted) {
        readers.put(kind, new AvroReader(written -> wanted, registry::avro));
    }

    @Override
    public boolean reads(RawEvent event) {
        return event.header("content-type")
                .or(() -> event.header("ce_datacontenttype"))
                .filter(type -> type.startsWith("application/avro"))
                .isPresent();
    }

    /** Gets the schemas. */
    @Override
    public Uni<Void> prepare(Collection<RawEvent> events) {
        return registry.loadMissing(events.stream().flatMap(event -> schemaId(event).stream()));
    }

    @Override
    public boolean mayConcernUs(RawEvent event) {
        return kind(event).isPresent();
    }

    @Override
    public List<Change> read(RawEvent event) {
        var kind = kind(event);
        return kind.isEmpty() ? List.of() : kind.get().changes(readers.get(kind.get()).read(datum(event)), event);
    }

    // What is wrong with a record is told when it is read.
    private Optional<Integer> schemaId(RawEvent event) {
        try {
            return reads(event) && kind(event).isPresent() ? Optional.of(datum(event).schemaId()) : Optional.empty();
        } catch (UnreadableEventException e) {
            return Optional.empty();
        }
    }

    private static Optional<BusEvent> kind(RawEvent event) {
        var type = event.header("ce_type").orElseThrow(() -> new UnreadableEventException("Header ce_type is missing"));
        return BusEvent.of(type)
                .filter(kind -> kind != BusEvent.TRACKING || !EventName.isForeign(event.message().key()));
    }

    private static FramedDatum datum(RawEvent event) {
        return new FramedDatum(event.value());
    }
}
