package org.openedx.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.FakeProgress;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.SmallSteps;
import org.openedx.aggregator.task.TaskFailedException;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.core.buffer.Buffer;

@QuarkusTest
@TestProfile(SmallSteps.class)
class ReportTaskTest {

    private static final CourseKey COURSE = CourseKey.parse("course-v1:Report+Task+1");
    private static final int NEVER = Integer.MAX_VALUE;

    @Inject
    ReportTask task;

    @BeforeEach
    void twelve_learners() {
        Database.rows("INSERT IGNORE INTO course (course_key) VALUES (?)", COURSE.value());
        for (int learner = 1; learner <= 12; learner++) {
            Database.rows("INSERT IGNORE INTO learner (id, username, named_at) VALUES (?, ?, 1)", 6_400_000 + learner,
                    "reported" + learner);
            Database.rows("INSERT IGNORE INTO enrollment SELECT id, ?, TRUE, 'audit', 1 FROM course WHERE course_key = ?",
                    6_400_000 + learner, COURSE.value());
        }
    }

    @Test
    void steps_are_learners_and_the_file_has_each_of_them() {
        // Given
        var progress = progress(Optional.empty(), NEVER, ReportTaskTest::takeAll);

        // When
        Result.of(task.run(progress));

        // Then
        assertThat(progress.total).hasValue(12);
        assertThat(progress.done).hasValue(12);
        assertThat(progress.texts.get("file")).isEqualTo("username\r\n" + String.join("",
                java.util.stream.IntStream.rangeClosed(1, 12).mapToObj(learner -> "reported" + learner + "\r\n").toList()));
        assertThat(progress.texts.get("Summary")).contains("12 learners, 0 finished");
    }

    @Test
    void a_cancelled_report_ends_in_the_middle_and_leaves_nothing() {
        // Given
        var progress = progress(Optional.empty(), 5, ReportTaskTest::takeAll);

        // Then
        assertThatThrownBy(() -> Result.of(task.run(progress))).hasStackTraceContaining("cancelled");
        assertThat(progress.done).hasValue(6);
        assertThat(progress.texts).isEmpty();
    }

    @Test
    void learners_are_read_no_faster_than_they_are_written() {
        // Given
        var taken = AssertSubscriber.<Buffer> create(2);
        var progress = progress(Optional.empty(), NEVER, (ignored, content) -> {
            content.subscribe().withSubscriber(taken);
            return Uni.createFrom().nothing();
        });

        // When
        task.run(progress).subscribeAsCompletionStage();
        taken.awaitItems(2);

        // Then
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> progress.done.get() <= 4);
        taken.request(100).awaitCompletion();
        assertThat(progress.done).hasValue(12);
    }

    @Test
    void what_can_no_longer_be_made_is_not_tried_again() {
        // Given
        var progress = progress(Optional.of("gone"), NEVER, ReportTaskTest::takeAll);

        // Then
        assertThatThrownBy(() -> Result.of(task.run(progress))).hasRootCauseInstanceOf(InvalidReportException.class)
                .hasStackTraceContaining("can no longer be made");
        assertThat(task.isWorthRetrying(new TaskFailedException("any"))).isFalse();
    }

    private interface Taking {

        Uni<Void> take(FakeProgress progress, Multi<Buffer> content);
    }

    private static FakeProgress progress(Optional<String> cohort, int canceledAfter, Taking taking) {
        var request = new ReportRequest(List.of(COURSE), List.of(), cohort, List.of(), List.of(Column.USERNAME), Format.CSV,
                false);
        var progress = new FakeProgress[1];
        progress[0] = new FakeProgress(request.parameters(), Optional.empty(), canceledAfter,
                content -> taking.take(progress[0], content));
        return progress[0];
    }

    private static Uni<Void> takeAll(FakeProgress progress, Multi<Buffer> content) {
        return content.collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .chain(all -> progress.text("file", all.toString()));
    }
}
