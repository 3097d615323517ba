package org.openedx.aggregator.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.tracking.EventBox.header;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** From completions on the event bus to events on the topic. */
@QuarkusTest
@TestProfile(Tracked.class)
class ProgressEventsTest {

    private final SampleCourse course = SampleCourse.unknown();
    private EventBox box;
    private Lms lms;

    @BeforeEach
    void open() {
        Tracked.forget(course);
        box = new EventBox(Tracked.TOPIC, event -> EventBox.value(event).contains('"' + course.key + '"'));
        lms = new Lms();
    }

    @AfterEach
    void close() {
        box.close();
        lms.close();
    }

    @Test
    void a_first_result_is_told_block_by_block() {
        // When
        course.inUse();
        var events = box.atLeast(5);

        // Then
        assertThat(events).extracting(ProgressEventsTest::name).containsExactly("course", "chapter", "chapter", "sequential",
                "sequential");
    }

    @Test
    void a_completion_is_told_of_the_blocks_above_it_alone() {
        // Given
        course.inUse();
        box.atLeast(5);

        // When
        complete("b");
        var events = box.atLeast(8);

        // Then
        assertThat(events).hasSize(8);
        assertThat(events.subList(5, 8)).extracting(ProgressEventsTest::body).containsExactly(
                event("course", "course", 0, "2.0", "5.0", "0.4"),
                event("chapter", "ch1", 1, "2.0", "4.0", "0.5"),
                event("sequential", "s1", 2, "2.0", "2.0", "1.0"));
        assertThat(stored()).containsExactly(Map.of("earned", 2.0));
    }

    @Test
    void a_record_says_what_it_is_without_being_read() {
        // When
        course.inUse();
        var event = box.atLeast(5).get(0);

        // Then
        assertThat(new String(event.key(), StandardCharsets.UTF_8)).isEqualTo(String.valueOf(course.learnerId));
        assertThat(header(event, "ce_type")).isEqualTo("openedx.completion_aggregator.progress.course");
        assertThat(header(event, "ce_id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(header(event, "ce_time")).isEqualTo(IsoTime.text(clock() - 4));
        assertThat(header(event, "content-type")).isEqualTo("application/json");
    }

    @Test
    void no_two_events_of_a_learner_have_the_same_time_or_id() {
        // Given
        course.inUse();

        // When
        for (var block : List.of("b", "c", "d", "e")) {
            complete(block);
        }
        var events = box.atLeast(5 + 3 + 3 + 3 + 2);

        // Then
        assertThat(events).hasSize(16);
        assertThat(events).extracting(event -> header(event, "ce_id")).doesNotHaveDuplicates();
        assertThat(events).extracting(event -> header(event, "ce_time")).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void what_is_computed_anew_with_the_same_outcome_is_not_told() {
        // Given
        course.inUse();
        long newest = clock();

        // When
        lms.complete(course.learnerId, course.key, course.block("html", "a"), 1.0, "2026-05-04T18:00:00+00:00");
        lms.awaitIngested();
        Database.awaitAggregated(course.key);

        // Then
        assertThat(clock()).isEqualTo(newest);
        assertThat(box.atLeast(5)).hasSize(5);
    }

    @Test
    void while_the_broker_is_away_events_wait() {
        // Given
        course.inUse();
        box.atLeast(5);
        Database.rows("UPDATE block_completion SET completion = 0.25 WHERE learner_id = ? AND completion = 0.5",
                course.learnerId);

        // When
        var services = EmbeddedServices.start();
        services.stopKafka();
        long waiting;
        try {
            Database.rows("""
                    INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at)
                    SELECT id, ?, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM course WHERE course_key = ?""",
                    course.learnerId, course.key);
            Database.awaitAggregated(course.key);
            waiting = waiting();
        } finally {
            services.startKafka();
        }
        var events = box.atLeast(8);

        // Then
        assertThat(waiting).isEqualTo(1);
        assertThat(events.subList(5, events.size())).extracting(ProgressEventsTest::body)
                .startsWith(event("course", "course", 0, "1.25", "5.0", "0.25"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);
    }

    private void complete(String block) {
        lms.complete(course.learnerId, course.key, course.block("html", block), 1.0, "2026-05-04T12:30:00+00:00");
        lms.awaitIngested();
        Database.awaitAggregated(course.key);
    }

    private long waiting() {
        return Database.number("SELECT COUNT(*) FROM progress_event_outbox WHERE learner_id = ?", course.learnerId);
    }

    private List<Map<String, Object>> stored() {
        return Database.rows("SELECT earned FROM progress WHERE learner_id = ?", course.learnerId);
    }

    // The timestamp of the learner's newest event.
    private long clock() {
        return Database.number("SELECT last_at FROM progress_event_clock WHERE learner_id = ?", course.learnerId);
    }

    private String event(String type, String block, int number, String earned, String possible, String percent) {
        var org = "Sample";
        return """
                {"name":"openedx.completion_aggregator.progress.%1$s","timestamp":"%2$s",\
                "data":{"user_id":%3$d,"course_id":"%4$s","block_id":"%5$s","type":"%1$s",\
                "earned":%6$s,"possible":%7$s,"percent":%8$s,"created":"%9$s","modified":"%10$s"},\
                "context":{"course_id":"%4$s","org_id":"%11$s","user_id":%3$d,"username":"%12$s","session":""}}"""
                .formatted(type, IsoTime.text(clock() - 2 + number), course.learnerId, course.key, course.block(type, block),
                        earned, possible, percent, time("created"), time("modified"), org, course.learner);
    }

    private String time(String column) {
        return IsoTime.text(Database.number("SELECT CAST(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " + column
                + ") AS SIGNED) FROM progress WHERE learner_id = ?", course.learnerId));
    }

    private static String body(ConsumerRecord<byte[], byte[]> event) {
        return EventBox.value(event);
    }

    private static String name(ConsumerRecord<byte[], byte[]> event) {
        return header(event, "ce_type").replaceFirst(".*\\.", "");
    }
}
