package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openedx.aggregator.event.Records.json;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.event.Change.EnrollmentChanged;
import org.openedx.aggregator.event.Change.LearnerNamed;
import org.openedx.aggregator.key.CourseKey;

class LearningEventTest {

    private static final String CHANGED = "org.openedx.learning.course.enrollment.changed.v1";
    private static final String REGISTERED = "org.openedx.learning.student.registration.completed.v1";
    private static final long TIME = 1_777_896_005_250_000L;
    private static final CourseKey COURSE = new CourseKey("course-v1:DemoX+CS101+2026");

    private static final String USER = """
            'user': {'id': 42, 'is_active': false,
                     'pii': {'username': 'alice', 'email': 'alice@example.com', 'name': 'Alice Doe'}}""";
    private static final String ENROLLMENT = "{'enrollment': {" + USER + """
            , 'course': {'course_key': 'course-v1:DemoX+CS101+2026', 'display_name': 'CS', 'start': null, 'end': null},
              'mode': 'audit', 'is_active': true, 'creation_date': '2026-02-01T08:30:00+00:00',
              'created_by': {'id': 7, 'pii': {'username': 'mallory'}}}}""";

    private final JsonFormat format = new JsonFormat();

    @ParameterizedTest
    @ValueSource(strings = { "org.openedx.learning.course.enrollment.created.v1", CHANGED,
            "org.openedx.learning.course.unenrollment.completed.v1" })
    void an_enrolment_names_its_learner_too(String type) {
        assertThat(read(type, ENROLLMENT)).containsExactly(
                new LearnerNamed(42, "alice", TIME),
                new EnrollmentChanged(42, COURSE, true, "audit", TIME));
    }

    @Test
    void an_unenrolment_is_an_enrolment_that_is_not_active() {
        assertThat(read("org.openedx.learning.course.unenrollment.completed.v1",
                ENROLLMENT.replace("'is_active': true", "'is_active': false")))
                .contains(new EnrollmentChanged(42, COURSE, false, "audit", TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = { REGISTERED, "org.openedx.learning.auth.session.login.completed.v1" })
    void a_registration_and_a_login_name_a_learner(String type) {
        assertThat(read(type, "{" + USER + "}")).containsExactly(new LearnerNamed(42, "alice", TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = { "org.openedx.learning.certificate.created.v1", "", "x",
            "org.openedx.learning.course.enrollment.changed.v2" })
    void other_types_say_nothing_whatever_they_hold(String type) {
        assertThat(format.read(Records.typed(type, null, "garbage"))).isEmpty();
    }

    @Test
    void the_time_of_the_record_stands_in_for_the_event_s() {
        assertThat(format.read(Records.typed(REGISTERED, null, json("{" + USER + "}"))))
                .containsExactly(new LearnerNamed(42, "alice", Records.WRITTEN_AT * 1000));
    }

    @Test
    void a_mode_may_be_missing_and_a_key_may_carry_a_branch() {
        assertThat(read(CHANGED, ENROLLMENT.replace("'mode': 'audit',", "").replace("2026',", "2026+branch@draft',")))
                .contains(new EnrollmentChanged(42, COURSE, true, "", TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = { "library-v1:DemoX+Lib", "lib:DemoX:Lib" })
    void an_enrolment_in_a_library_says_nothing(String library) {
        assertThat(read(CHANGED, ENROLLMENT.replace("course-v1:DemoX+CS101+2026", library))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'enrollment'        | 'enrolment'          | enrollment is missing",
            "'id': 42,           |                      | user.id is missing",
            "'id': 42            | 'id': '42'           | id is not an integer",
            "'id': 42            | 'id': 0              | user id must be positive",
            "'id': 42            | 'id': -1             | user id must be positive",
            "'id': 42            | 'id': 4.2            | id is not an integer",
            "'id': 42            | 'id': 99999999999999999999 | out of range",
            "'username': 'alice' | 'username': ''       | username must have 1 to 150 characters",
            "'username': 'alice' | 'username': null     | username is not a string",
            "'username': 'alice' | 'username': 7        | username is not a string",
            "'user': {           | 'user': null, 'x': { | Not a JSON object",
            "'pii'               | 'pi'                 | enrollment.user.pii is missing",
            "'course_key'        | 'key'                | enrollment.course.course_key is missing",
            "'course-v1:DemoX+CS101+2026' | ''          | Not a course key",
            "'course-v1:DemoX+CS101+2026' | null        | course_key is not a string",
            "'course-v1:DemoX+CS101+2026' | 'course-v1:DemoX+CS101+2026+type@html+block@x' | Not a course key",
            "'is_active': true   | 'is_active': 1       | is_active is not true or false",
            "'is_active': true   | 'is_active': null    | is_active is not true or false",
            "'is_active': true,  |                      | enrollment.is_active is missing",
            "'mode': 'audit'     | 'mode': null         | mode is not a string" })
    void wrong_data_is_refused_with_a_reason(String good, String bad, String reason) {
        // Given
        var value = ENROLLMENT.replace(good, bad == null ? "" : bad);

        // Then
        assertThat(value).isNotEqualTo(ENROLLMENT);
        assertRefused(value, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "ce_time|noon|Not a time", "ce_time||Not a time", "ce_type|x|more than once",
            "content-type|application/json|more than once" })
    void bad_headers_are_refused(String name, String value, String reason) {
        // Given
        var event = Records.typed(CHANGED, null, json(ENROLLMENT), name, value == null ? "" : value);

        // Then
        assertThatThrownBy(() -> readIfOurs(event))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({ "150, 100", "1, 0" })
    void names_and_modes_are_as_long_as_in_the_lms(int name, int mode) {
        assertThat(read(CHANGED, ENROLLMENT.replace("alice'", "é".repeat(name) + "'").replace("audit", "😀".repeat(mode))))
                .containsExactly(new LearnerNamed(42, "é".repeat(name), TIME),
                        new EnrollmentChanged(42, COURSE, true, "😀".repeat(mode), TIME));
    }

    @Test
    void longer_names_and_modes_are_refused() {
        assertRefused(ENROLLMENT.replace("alice'", "a".repeat(151) + "'"), "username must have");
        assertRefused(ENROLLMENT.replace("audit", "a".repeat(101)), "mode must have");
    }

    private List<Change> read(String type, String value) {
        return format.read(Records.typed(type, null, json(value), "ce_time", "2026-05-04T12:00:05.250000+00:00"));
    }

    private void readIfOurs(RawEvent event) {
        if (format.reads(event)) {
            format.read(event);
        }
    }

    private void assertRefused(String value, String reason) {
        assertThatThrownBy(() -> read(CHANGED, value))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("example.com");
    }
}
