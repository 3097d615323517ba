package org.openedx.aggregator.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.openedx.aggregator.event.Change.LearnerNamed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** An event about a person or an enrolment, by the field names of openedx-events. */
final class LearningEvent {

    /** What an event type is about. */
    enum Kind {
        ENROLLMENT,
        LEARNER,
        OTHER;

        static Kind of(String type) {
            return switch (type) {
                case "org.openedx.learning.course.enrollment.created.v1",
                        "org.openedx.learning.course.enrollment.changed.v1",
                        "org.openedx.learning.course.unenrollment.completed.v1" ->
                    ENROLLMENT;
                case "org.openedx.learning.student.registration.completed.v1",
                        "org.openedx.learning.auth.session.login.completed.v1" ->
                    LEARNER;
                default -> OTHER;
            };
        }
    }

    private boolean found;
    private OptionalLong learnerId = OptionalLong.empty();
    private Optional<String> username = Optional.empty();
    private Optional<String> course = Optional.empty();
    private Optional<String> mode = Optional.empty();
    private Optional<Boolean> active = Optional.empty();

    private LearningEvent() {
    }

    static List<Change> enrollment(RawEvent event) {
        var read = new LearningEvent();
        JsonObject.read(event.value(), read::onEnrollmentEvent);
        return read.enrollment(JsonFormat.time(event));
    }

    static List<Change> learner(RawEvent event) {
        var read = new LearningEvent();
        JsonObject.read(event.value(), read::onUserEvent);
        return List.of(read.named(JsonFormat.time(event)));
    }

    private List<Change> enrollment(long time) {
        if (!found) {
            throw missing("enrollment");
        }
        return Facts.enrollment(named(time), course.orElseThrow(() -> missing("enrollment.course.course_key")),
                active.orElseThrow(() -> missing("enrollment.is_active")), mode.orElse(""));
    }

    private LearnerNamed named(long time) {
        return Facts.named(learnerId.orElseThrow(() -> missing("user.id")),
                username.orElseThrow(() -> missing("user.pii.username")), time);
    }

    private void onEnrollmentEvent(String member, JsonParser value) throws IOException {
        if (member.equals("enrollment")) {
            found = true;
            JsonObject.readMembers(value, this::onEnrollment);
        }
    }

    private void onEnrollment(String member, JsonParser value) throws IOException {
        switch (member) {
            case "user" -> JsonObject.readMembers(value, this::onUser);
            case "course" -> JsonObject.readMembers(value, this::onCourse);
            case "mode" -> mode = Optional.of(JsonObject.text(member, value));
            case "is_active" -> active = Optional.of(JsonObject.bool(member, value));
            default -> {
                // creation_date and created_by decide nothing here.
            }
        }
    }

    private void onCourse(String member, JsonParser value) throws IOException {
        if (member.equals("course_key")) {
            course = Optional.of(JsonObject.text(member, value));
        }
    }

    private void onUserEvent(String member, JsonParser value) throws IOException {
        if (member.equals("user")) {
            JsonObject.readMembers(value, this::onUser);
        }
    }

    private void onUser(String member, JsonParser value) throws IOException {
        switch (member) {
            case "id" -> learnerId = OptionalLong.of(JsonObject.integer(member, value));
            case "pii" -> JsonObject.readMembers(value, this::onPii);
            default -> {
                // is_active is about the account; an enrolment of an inactive account still counts.
            }
        }
    }

    // Name and e-mail address are in here too, and must not leave this method.
    private void onPii(String member, JsonParser value) throws IOException {
        if (member.equals("username") && value.currentToken() != JsonToken.VALUE_NULL) {
            username = Optional.of(JsonObject.text(member, value));
        }
    }

    private static UnreadableEventException missing(String member) {
        return new UnreadableEventException(member + " is missing");
    }
}
