package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NotificationProfile;
import org.openedx.aggregator.support.QuietTask;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskDiary;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(NotificationProfile.class)
class TaskEndTest {

    private static final String HUNDRED = IntStream.range(0, 100).boxed().toList().toString();
    private static final Requester ALICE = new Requester(OptionalLong.of(7), "alice", Optional.of("alice@example.org"),
            Optional.of("fr"));

    @Inject
    UserTasks tasks;

    @Inject
    UserTaskJob job;

    @Inject
    TaskEndJob ends;

    @Inject
    TaskDiary diary;

    @Inject
    Transactions transactions;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        Database.rows("DELETE FROM user_task_status");
        Database.rows("DELETE FROM user_task_artifact");
        diary.told().clear();
    }

    @Test
    void every_end_is_told_with_what_is_known_of_it() {
        // Given
        var succeeded = start(progress -> progress.text("Summary", "all")
                .chain(() -> progress.text("Output", "more")));
        var failed = start(progress -> Uni.createFrom().failure(new TaskFailedException("No such course.")));
        var canceled = start(progress -> Uni.createFrom().voidItem());
        Result.of(tasks.cancel(canceled, TaskViewer.ofService()));
        Result.of(job.runTasks());

        // When
        Result.of(ends.tellAll());

        // Then
        assertThat(diary.told()).extracting(told -> told.status().uuid())
                .containsExactlyInAnyOrder(succeeded, failed, canceled);
        assertThat(told(succeeded).status().artifacts()).hasSize(2);
        assertThat(told(succeeded).email()).contains("alice@example.org");
        assertThat(told(succeeded).language()).contains("fr");
        assertThat(told(succeeded).userId()).hasValue(7);
        assertThat(told(succeeded).error()).isEmpty();
        assertThat(told(failed).error()).contains("No such course.");
        assertThat(told(canceled).status().state()).isEqualTo("Canceled");
    }

    @Test
    void an_end_is_told_once_by_whatever_number_of_replicas() {
        // Given
        for (int i = 0; i < 20; i++) {
            start(progress -> Uni.createFrom().voidItem());
        }
        Database.rows("UPDATE user_task_status SET phase = 3, state = 'Succeeded', running_fingerprint = NULL");
        var others = new TaskEndJob(transactions, List.of(diary));

        // When
        Result.of(Uni.join().all(ends.tellAll(), others.tellAll(), ends.tellAll(), others.tellAll()).andCollectFailures());
        Result.of(ends.tellAll());

        // Then
        assertThat(diary.told()).hasSize(20).extracting(told -> told.status().uuid()).doesNotHaveDuplicates();
    }

    @Test
    void parts_unfinished_and_quiet_tasks_are_not_told() {
        // Given
        var container = Result.of(tasks.start(ALICE, Container.GROUP, "Both", List.of(
                ScriptedTask.request(progress -> Uni.createFrom().voidItem()),
                ScriptedTask.request(progress -> Uni.createFrom().voidItem())))).uuid();
        Result.of(tasks.start(ALICE, new TaskRequest(QuietTask.ACTION, new JsonObject())));
        Result.of(job.runTasks());
        start(progress -> Uni.createFrom().voidItem());

        // When
        Result.of(ends.tellAll());

        // Then
        assertThat(diary.told()).extracting(told -> told.status().uuid()).containsExactly(container);
    }

    @Test
    void what_a_listener_could_not_note_is_told_again() {
        // Given
        var task = start(progress -> Uni.createFrom().voidItem());
        Result.of(job.runTasks());
        diary.failOnce();

        // When
        assertThatThrownBy(() -> Result.of(ends.tellAll())).hasMessageContaining("Not now");
        Result.of(ends.tellAll());

        // Then
        assertThat(diary.told()).extracting(told -> told.status().uuid()).containsExactly(task);
    }

    @Test
    void many_ends_are_told_as_fast_as_they_come() {
        // Given
        var task = start(progress -> Uni.createFrom().voidItem());
        Database.rows("""
                INSERT INTO user_task_status (uuid, created, modified, username, task_id, task_class, name, state, phase,
                       due_at, total_steps, parameters, fingerprint, finished, expires)
                SELECT UUID(), s.created, s.modified, 'many', '', 'test.many', 'Many', 'Succeeded', 3, s.due_at, 1, '{}', '',
                       s.created, s.expires
                  FROM user_task_status s
                  JOIN JSON_TABLE(?, '$[*]' COLUMNS (a INT PATH '$')) hundred
                  JOIN JSON_TABLE(?, '$[*]' COLUMNS (b INT PATH '$')) times_hundred
                 WHERE s.uuid = ?""", HUNDRED, HUNDRED, task.toString());
        long before = System.nanoTime();

        // When
        Result.of(ends.tellAll());

        // Then
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf("Told of 10000 ends in %.2f s%n", seconds);
        assertThat(diary.told()).hasSize(10_000);
        assertThat(seconds).isLessThan(10);
    }

    private StoppedTask told(UUID task) {
        return diary.told().stream().filter(told -> told.status().uuid().equals(task)).findFirst().orElseThrow();
    }

    private UUID start(Function<TaskProgress, Uni<Void>> script) {
        return Result.of(tasks.start(ALICE, ScriptedTask.request(script))).uuid();
    }
}
