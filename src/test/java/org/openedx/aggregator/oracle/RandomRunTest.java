package org.openedx.aggregator.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

/** Random courses and events through the real broker, job and database, against the oracle. */
@QuarkusTest
class RandomRunTest {

    private static final int COURSES = 10;
    private static final long FIRST_LEARNER = 700_000;
    private static final List<Long> LEARNERS = LongStream.range(FIRST_LEARNER, FIRST_LEARNER + 6).boxed().toList();

    private final Random random = new Random(20260301);
    private final List<Course> courses = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();

    @Test
    void every_aggregate_is_what_the_rules_say_whatever_comes_in_whichever_order() {
        try (var lms = new Lms()) {
            // Given
            for (int number = 0; number < COURSES; number++) {
                courses.add(RandomCourse.of(number, "Run" + number, 70));
            }

            // When
            sendInterleaved(lms, 1);

            // Then
            assertAllAggregated(lms);

            // When
            courses.replaceAll(this::changed);
            sendInterleaved(lms, 2);

            // Then
            assertAllAggregated(lms);
        }
    }

    // Structures, enrolments and completions of all courses, in any order.
    private void sendInterleaved(Lms lms, int round) {
        var steps = new ArrayList<Runnable>();
        for (var course : courses) {
            steps.add(() -> publish(course));
            LEARNERS.forEach(learner -> steps.add(() -> lms.enroll(learner, "run-" + learner, course.key())));
            var events = RandomEvents.of(31L * round + course.key().hashCode(), course, LEARNERS);
            events.forEach(event -> steps.add(() -> send(lms, event)));
        }
        Collections.shuffle(steps, random);
        steps.forEach(Runnable::run);
    }

    private void send(Lms lms, Sent event) {
        sent.add(event);
        event.by(lms);
    }

    private static void publish(Course course) {
        Api.asStaff()
                .contentType("application/json")
                .body(course.json())
                .put("/completion-aggregator/v1/structure/" + course.key() + "/")
                .then()
                .statusCode(200);
    }

    // Some blocks count in another way, as after an edit of the course.
    private Course changed(Course course) {
        var changed = course;
        for (var key : course.blocks().keySet()) {
            if (!key.equals(course.root()) && random.nextInt(6) == 0) {
                changed = changed.with(key, Mode.values()[random.nextInt(Mode.values().length)]);
            }
        }
        return changed;
    }

    private void assertAllAggregated(Lms lms) {
        lms.awaitIngested();
        courses.forEach(course -> Database.awaitAggregated(course.key()));
        courses.forEach(this::assertAggregates);
    }

    private void assertAggregates(Course course) {
        var oracle = new Oracle(course);
        var stored = StoredAggregates.of(Database.sql(), course.key());
        for (long learner : LEARNERS) {
            assertThat(stored.get(learner)).as("learner %d in %s", learner, course.key())
                    .containsExactlyInAnyOrderElementsOf(oracle.rows(sent, learner));
        }
    }
}
