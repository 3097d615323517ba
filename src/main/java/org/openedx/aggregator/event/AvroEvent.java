package org.openedx.aggregator.event;

import java.util.List;
import java.util.Optional;

import org.apache.avro.generic.GenericRecord;

/** What events in Avro are about; each kind has a schema of ours that names the fields we need, and no others. */
enum AvroEvent {

    TRACKING("tracking") {
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

    ENROLLMENT("enrollment") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            var enrollment = record(event, "enrollment");
            return Facts.enrollment(named(enrollment, raw), text(record(enrollment, "course"), "course_key"),
                    (boolean) enrollment.get("is_active"), text(enrollment, "mode"));
        }
    },

    USER("user") {
        @Override
        List<Change> changes(GenericRecord event, RawEvent raw) {
            return List.of(named(event, raw));
        }
    },

    // Nothing here depends on these yet; they are read nevertheless, so that what is wrong with them shows.
    COHORT("cohort"),
    ROLE("role"),
    CATALOG("catalog"),
    COURSE("course"),
    XBLOCK("xblock");

    private final String schema;

    AvroEvent(String schema) {
        this.schema = schema;
    }

    /** The kind of an event type; empty if it is none of our business. */
    static Optional<AvroEvent> of(String type) {
        return switch (type) {
            case JsonFormat.TRACKING -> Optional.of(TRACKING);
            case "org.openedx.learning.course.enrollment.created.v1",
                    "org.openedx.learning.course.enrollment.changed.v1",
                    "org.openedx.learning.course.unenrollment.completed.v1" ->
                Optional.of(ENROLLMENT);
            case "org.openedx.learning.student.registration.completed.v1",
                    "org.openedx.learning.auth.session.login.completed.v1" ->
                Optional.of(USER);
            case "org.openedx.learning.cohort_membership.changed.v1" -> Optional.of(COHORT);
            case "org.openedx.learning.user.course_access_role.added.v1",
                    "org.openedx.learning.user.course_access_role.removed.v1" ->
                Optional.of(ROLE);
            case "org.openedx.content_authoring.course.catalog_info.changed.v1" -> Optional.of(CATALOG);
            case "org.openedx.content_authoring.course.import.completed.v1",
                    "org.openedx.content_authoring.course.rerun.completed.v1" ->
                Optional.of(COURSE);
            case "org.openedx.content_authoring.xblock.published.v1",
                    "org.openedx.content_authoring.xblock.deleted.v1" ->
                Optional.of(XBLOCK);
            default -> Optional.empty();
        };
    }

    /** The resource that holds the schema this kind is read with. */
    String resource() {
        return "/avro/" + schema + ".avsc";
    }

    /** What an event of this kind says, read with its schema. */
    List<Change> changes(GenericRecord event, RawEvent raw) {
        return List.of();
    }

    private static Change.LearnerNamed named(GenericRecord holder, RawEvent raw) {
        var user = record(holder, "user");
        return Facts.named((long) user.get("id"), text(record(user, "pii"), "username"), JsonFormat.time(raw));
    }

    private static GenericRecord record(GenericRecord holder, String field) {
        return (GenericRecord) holder.get(field);
    }

    private static String text(GenericRecord holder, String field) {
        return holder.get(field).toString();
    }
}
