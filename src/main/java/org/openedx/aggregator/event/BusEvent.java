package org.openedx.aggregator.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.openedx.aggregator.event.Change.LearnerNamed;

/**
 * What events of the bus are about. Each kind has a schema of ours that names the fields we need, and no others; events in
 * Avro and in JSON are read by it alike.
 */
enum BusEvent {

    TRACKING("tracking", JsonFormat.TRACKING) {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            var log = record(event, "tracking_log");
            return text(log, "name").equals(TrackingEvent.COMPLETION) ? completed(log, raw) : List.of();
        }

        private List<Change> completed(GenericRecord log, RawEvent raw) {
            var data = new CompletionData();
            data.readText(text(log, "data"));
            return data.change(Optional.of(text(log, "timestamp")), raw).stream().toList();
        }
    },

    ENROLLMENT("enrollment",
            "org.openedx.learning.course.enrollment.created.v1",
            "org.openedx.learning.course.enrollment.changed.v1",
            "org.openedx.learning.course.unenrollment.completed.v1") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            var enrollment = record(event, "enrollment");
            return Facts.enrollment(named(enrollment, raw), course(enrollment),
                    (boolean) enrollment.get("is_active"), text(enrollment, "mode"));
        }
    },

    USER("user",
            "org.openedx.learning.student.registration.completed.v1",
            "org.openedx.learning.auth.session.login.completed.v1") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            return List.of(named(event, raw));
        }
    },

    COHORT("cohort", "org.openedx.learning.cohort_membership.changed.v1") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            var cohort = record(event, "cohort");
            return Facts.joined(named(cohort, raw), course(cohort), text(cohort, "name"));
        }
    },

    ROLE("role",
            "org.openedx.learning.user.course_access_role.added.v1",
            "org.openedx.learning.user.course_access_role.removed.v1") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            var data = record(event, "course_access_role_data");
            var named = named(data, raw);
            boolean granted = raw.header("ce_type").orElse("").endsWith(".added.v1");
            return Stream.concat(Stream.of(named), Facts.role(named.learnerId(), text(data, "org_key"),
                    text(data, "course_key"), text(data, "role"), granted, named.saidAt()).stream()).toList();
        }
    },

    CATALOG("catalog", "org.openedx.content_authoring.course.catalog_info.changed.v1") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            return Facts.structure(text(record(event, "catalog_info"), "course_key"));
        }
    },

    COURSE("course",
            "org.openedx.content_authoring.course.import.completed.v1",
            "org.openedx.content_authoring.course.rerun.completed.v1") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            return Facts.structure(course(event));
        }
    },

    XBLOCK("xblock",
            "org.openedx.content_authoring.xblock.published.v1",
            "org.openedx.content_authoring.xblock.deleted.v1") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            return Facts.structureOf(text(record(event, "xblock_info"), "usage_key"));
        }
    };

    private final String schema;
    private final Set<String> types;

    BusEvent(String schema, String... types) {
        this.schema = schema;
        this.types = Set.of(types);
    }

    /** The kind of an event type; empty if it is none of our business. */
    static Optional<BusEvent> of(String type) {
        for (var kind : values()) {
            if (kind.types.contains(type)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The fields we need of each kind. */
    static Map<BusEvent, Schema> schemas() {
        var schemas = new EnumMap<BusEvent, Schema>(BusEvent.class);
        for (var kind : values()) {
            schemas.put(kind, kind.readSchema());
        }
        return schemas;
    }

    /** What an event of this kind says, read with its schema. */
    abstract List<Change> changes(GenericRecord event, RawEvent raw);

    private Schema readSchema() {
        var resource = "/avro/" + schema + ".avsc";
        try (var file = Objects.requireNonNull(BusEvent.class.getResourceAsStream(resource), resource)) {
            return new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LearnerNamed named(GenericRecord holder, RawEvent raw) {
        var user = record(holder, "user");
        return Facts.named((long) user.get("id"), text(record(user, "pii"), "username"), JsonFormat.time(raw));
    }

    private static String course(GenericRecord holder) {
        return text(record(holder, "course"), "course_key");
    }

    private static GenericRecord record(GenericRecord holder, String field) {
        return (GenericRecord) holder.get(field);
    }

    private static String text(GenericRecord holder, String field) {
        return holder.get(field).toString();
    }
}
