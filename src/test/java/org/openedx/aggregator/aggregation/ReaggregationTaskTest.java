package org.openedx.aggregator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.course.CourseGraphFixture;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.oracle.SmallCourse;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.FakeProgress;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.SmallSteps;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(SmallSteps.class)
class ReaggregationTaskTest {

    private static final int FIRST = 6_500_000;
    private static final int NEVER = Integer.MAX_VALUE;

    @Inject
    ReaggregationTask task;

    @Inject
    StaleLedger ledger;

    @Inject
    BatchAggregation aggregation;

    @Inject
    AggregationConfig config;

    @Inject
    CourseGraphs graphs;

    private final SmallCourse course = new SmallCourse("Reaggregated");

    @BeforeEach
    void five_learners() {
        Database.rows("DELETE FROM stale_completion");
        var structure = CourseGraphFixture.structure(course.key(), course.withLeaves(3).json());
        Result.of(graphs.publish(new StructureUpload(structure, Optional.empty()), Optional.empty()));
        for (int learner = FIRST; learner < FIRST + 5; learner++) {
            Database.rows("INSERT IGNORE INTO enrollment SELECT id, ?, TRUE, 'audit', 1 FROM course WHERE course_key = ?",
                    learner,
                    course.key());
        }
        Database.rows("DELETE FROM stale_completion");
    }

    @Test
    void it_marks_stretch_by_stretch_and_ends_when_all_are_computed() {
        // Given
        var progress = progress(Optional.empty(), NEVER);

        // When
        var run = task.run(progress).subscribeAsCompletionStage();
        awaitMarks(5);
        Awaitility.await().until(() -> progress.checkpoints.size() == 4);
        boolean doneBefore = run.isDone();
        aggregate();
        run.join();

        // Then
        assertThat(doneBefore).isFalse();
        assertThat(progress.total).hasValue(5);
        assertThat(progress.done).hasValue(5);
        assertThat(progress.texts).containsEntry("Summary", course.key() + ": computed for 5 learners");
        assertThat(progress.checkpoints).extracting(place -> place.getLong("next") - FIRST)
                .containsExactly(2L, 4L, 5L, (long) -FIRST, 2L, 4L, 5L);
    }

    @Test
    void another_attempt_goes_on_where_the_last_one_was() {
        // Given
        var place = new JsonObject().putNull("marked_until").put("course", 0).put("next", FIRST + 2L);
        var progress = progress(Optional.of(place), NEVER);

        // When
        var run = task.run(progress).subscribeAsCompletionStage();
        awaitMarks(3);
        aggregate();
        run.join();

        // Then
        assertThat(progress.total).as("steps are counted once").hasValue(-1);
        assertThat(progress.texts).containsKey("Summary");
    }

    @Test
    void what_was_marked_by_others_later_is_not_waited_for() {
        // Given
        var place = new JsonObject().put("marked_until", "2026-01-01T00:00:00").put("course", 0).put("next", 0);
        var progress = progress(Optional.of(place), NEVER);
        Database.rows("INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at) SELECT id, ?, 1,"
                + " UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM course WHERE course_key = ?", FIRST, course.key());

        // When
        Result.of(task.run(progress));

        // Then
        assertThat(progress.done).hasValue(5);
    }

    @Test
    void an_enrollment_that_cannot_be_computed_is_named_instead_of_waited_for() {
        // Given
        var progress = progress(Optional.empty(), NEVER);

        // When
        var run = task.run(progress).subscribeAsCompletionStage();
        awaitMarks(5);
        Awaitility.await().until(() -> progress.checkpoints.size() == 4);
        Database.rows("UPDATE stale_completion SET attempts = 1, due_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR"
                + " WHERE learner_id = ?", FIRST + 1);
        aggregate();
        run.join();

        // Then
        assertThat(progress.texts).containsEntry("Summary",
                course.key() + ": computed for 4 learners; 1 could not be computed and are tried again later");
    }

    @Test
    void nobody_waits_for_ever() {
        assertThatThrownBy(() -> Result.of(task.run(progress(Optional.empty(), NEVER))))
                .hasStackTraceContaining("Is aggregation running?");
    }

    @Test
    void it_hears_of_a_cancellation_while_it_waits() {
        assertThatThrownBy(() -> Result.of(task.run(progress(Optional.empty(), -1)))).hasStackTraceContaining("cancelled");
    }

    private FakeProgress progress(Optional<JsonObject> checkpoint, int canceledAfter) {
        return new FakeProgress(ReaggregationTask.request(List.of(course.key())).parameters(), checkpoint, canceledAfter,
                content -> Uni.createFrom().nothing());
    }

    private void aggregate() {
        Result.of(new AggregationJob(ledger, aggregation, config, new OpenWork()).aggregateStale());
    }

    private static void awaitMarks(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Database.number("SELECT COUNT(*) FROM stale_completion")).isEqualTo(count));
    }
}
