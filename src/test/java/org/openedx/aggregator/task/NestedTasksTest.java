package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@TestProfile(TaskProfile.class)
class NestedTasksTest {

    private static final Requester ALICE = new Requester(OptionalLong.of(7), "alice");

    @Inject
    UserTasks tasks;

    @Inject
    TaskClaims claims;

    @Inject
    UserTaskJob job;

    @Inject
    TaskPurgeJob purge;

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : List.of("user_task_status", "user_task_artifact", "user_task_file_deletion")) {
            Database.rows("DELETE FROM " + table);
        }
    }

    @Test
    void a_group_in_a_chain_runs_when_its_turn_comes() {
        // Given
        var chain = start(Container.CHAIN, noted(2, "first"),
                group(noted(3, "middle"), chord(noted(1, "middle"), noted(1, "last of chord"))), noted(4, "end"));
        var total = find(chain).totalSteps();
        var ready = Database.number("SELECT COUNT(*) FROM user_task_status WHERE phase = 1 AND NOT is_container");

        // When
        run();

        // Then
        assertThat(total).isEqualTo(11);
        assertThat(ready).isEqualTo(1);
        assertThat(order).hasSize(5).startsWith("first", "middle", "middle").endsWith("last of chord", "end");
        assertThat(find(chain).state()).isEqualTo("Succeeded");
        assertThat(find(chain).completedSteps()).isEqualTo(11);
        assertThat(unfinished()).isZero();
    }

    @Test
    void a_failure_goes_up_all_levels_each_with_its_own_error() {
        // Given
        var top = start(Container.CHAIN, group(chain(failing("It broke."), noted(1, "never"))), noted(1, "never"));

        // When
        run();

        // Then
        var rows = Database.rows("SELECT s.state, a.text FROM user_task_status s LEFT JOIN user_task_artifact a "
                + "ON a.status_uuid = s.uuid AND a.name = 'Error' ORDER BY s.level, s.child_index");
        assertThat(rows).extracting(row -> row.get("state") + ": " + row.get("text")).containsExactly(
                "Failed: It broke.", "Failed: It broke.", "Canceled: null", "Failed: It broke.", "Failed: It broke.",
                "Canceled: null");
        assertThat(order).isEmpty();
        assertThat(find(top).finished()).isPresent();
    }

    @Test
    void cancelling_goes_down_all_levels() {
        // Given
        var top = start(Container.GROUP, noted(1, "never"), group(chain(noted(1, "never"), noted(1, "never"))));

        // When
        Result.of(tasks.cancel(top, TaskViewer.ofService()));
        run();

        // Then
        assertThat(Database.rows("SELECT DISTINCT state FROM user_task_status")).hasSize(1);
        assertThat(find(top).state()).isEqualTo("Canceled");
        assertThat(order).isEmpty();
    }

    @Test
    void a_part_that_is_cancelled_takes_all_around_it_along() {
        // Given
        var top = start(Container.GROUP, noted(1, "never"), group(noted(1, "never")));
        var deepest = Database.rows("SELECT uuid FROM user_task_status WHERE level = 2").get(0).get("uuid");

        // When
        Result.of(tasks.cancel(UUID.fromString((String) deepest), TaskViewer.ofService()));

        // Then
        assertThat(find(top).state()).isEqualTo("Canceled");
        assertThat(unfinished()).isZero();
    }

    @Test
    void what_is_removed_goes_with_all_its_parts() {
        // Given
        var deleted = start(Container.GROUP, group(group(noted(1, "never"))));
        start(Container.GROUP, group(group(noted(1, "done"))));

        // When
        Result.of(tasks.delete(deleted, TaskViewer.ofService()));
        var kept = Database.number("SELECT COUNT(*) FROM user_task_status");
        Database.rows("UPDATE user_task_status SET expires = UTC_TIMESTAMP(6)");
        Result.of(purge.purgeAll());
        var unfinished = Database.number("SELECT COUNT(*) FROM user_task_status");
        run();
        Result.of(purge.purgeAll());

        // Then
        assertThat(kept).isEqualTo(4);
        assertThat(unfinished).isEqualTo(4);
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isZero();
        assertThat(order).containsExactly("done");
    }

    @Test
    void a_failed_task_is_kept_while_something_deep_in_it_still_runs() {
        // Given
        var top = start(Container.GROUP, group(noted(1, "late"), noted(1, "failed")));
        var claimed = Result.of(claims.claim(2));
        Result.of(claims.fail(claimed.get(0), Step.NONE, "It broke."));
        Database.rows("UPDATE user_task_status SET expires = UTC_TIMESTAMP(6)");

        // When
        Result.of(purge.purgeAll());

        // Then
        assertThat(find(top).state()).isEqualTo("Failed");
        Result.of(claims.succeed(claimed.get(1), Step.NONE));
        Result.of(purge.purgeAll());
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isZero();
    }

    @Test
    void a_task_ends_with_the_parts_it_has_others_do() {
        // Given
        var gate = new CompletableFuture<Void>();
        var waiting = ScriptedTask.request(3, progress -> Uni.createFrom().completionStage(gate));
        var task = start(2, progress -> progress.stepDone()
                .chain(() -> progress.startAll(List.of(waiting, group(noted(4, "part")))))
                .chain(progress::stepDone));

        // When
        var running = job.runTasks().subscribeAsCompletionStage();

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            run();
            assertThat(order).containsExactly("part");
            assertThat(find(task).state()).isEqualTo("In Progress");
            assertThat(find(task).totalSteps()).isEqualTo(9);
            assertThat(find(task).completedSteps()).isEqualTo(6);
        });
        assertThat(Result.of(claims.recoverLost())).isZero();
        gate.complete(null);
        running.join();
        assertThat(find(task).state()).isEqualTo("Succeeded");
        assertThat(find(task).completedSteps()).isEqualTo(9);
    }

    @Test
    void a_task_fails_with_a_part_and_is_stopped() {
        // Given
        var stopped = new CompletableFuture<Boolean>();
        var task = start(100, progress -> progress.startAll(List.of(failing("It broke.")))
                .chain(() -> steps(progress))
                .onTermination()
                .invoke((done, failure, cancelled) -> stopped.complete(cancelled || failure instanceof ClaimLostException)));

        // When
        var running = job.runTasks().subscribeAsCompletionStage();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(
                () -> Database.number("SELECT COUNT(*) FROM user_task_status WHERE level = 1") == 1);
        run();

        // Then
        assertThat(stopped.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        running.join();
        assertThat(find(task).state()).isEqualTo("Failed");
        assertThat(find(task).artifacts()).hasSize(1);
    }

    @Test
    void parts_of_a_task_that_fails_are_cancelled() {
        // Given
        var task = start(1, progress -> progress.startAll(List.of(noted(1, "never")))
                .chain(() -> Uni.createFrom().failure(new TaskFailedException("It broke."))));

        // When
        run();

        // Then
        assertThat(find(task).state()).isEqualTo("Failed");
        assertThat(unfinished()).isZero();
        assertThat(order).isEmpty();
    }

    @Test
    void another_attempt_starts_no_part_twice() {
        // Given
        var parts = List.of(noted(1, "one"), noted(1, "two"));
        var task = start(1, progress -> progress.startAll(parts)
                .chain(() -> progress.startAll(parts))
                .chain(() -> progress.attempt() == 1
                        ? Uni.createFrom().failure(new RetryableTaskException("busy", null))
                        : Uni.createFrom().voidItem()));

        // When
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            run();
            assertThat(find(task).isFinished()).isTrue();
        });

        // Then
        assertThat(order).containsExactlyInAnyOrder("one", "two");
        assertThat(find(task).state()).isEqualTo("Succeeded");
        assertThat(find(task).attempts()).isEqualTo(2);
        assertThat(find(task).totalSteps()).isEqualTo(3);
    }

    @Test
    void nesting_has_an_end() {
        // Given
        var four = group(group(group(noted(1, "deep"))));

        // When
        var fits = start(Container.GROUP, four);

        // Then
        assertThat(find(fits).totalSteps()).isEqualTo(1);
        assertThatThrownBy(() -> start(Container.GROUP, group(four)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 deep");
    }

    private static Uni<Void> steps(TaskProgress progress) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(50))
                .chain(progress::stepDone)
                .repeat()
                .atMost(200)
                .onItem()
                .ignoreAsUni();
    }

    private TaskRequest noted(int steps, String what) {
        return ScriptedTask.request(steps, progress -> Uni.createFrom().voidItem().invoke(() -> order.add(what)));
    }

    private static TaskRequest failing(String why) {
        return ScriptedTask.request(progress -> Uni.createFrom().failure(new TaskFailedException(why)));
    }

    private static TaskContainer group(TaskPlan... parts) {
        return new TaskContainer(Container.GROUP, "Some of it", List.of(parts));
    }

    private static TaskContainer chain(TaskPlan... parts) {
        return new TaskContainer(Container.CHAIN, "One after the other", List.of(parts));
    }

    private static TaskContainer chord(TaskPlan... parts) {
        return new TaskContainer(Container.CHORD, "All, then one", List.of(parts));
    }

    private UUID start(Container kind, TaskPlan... parts) {
        return Result.of(tasks.start(ALICE, kind, "All of it", List.of(parts))).uuid();
    }

    private UUID start(int steps, Function<TaskProgress, Uni<Void>> script) {
        return Result.of(tasks.start(ALICE, ScriptedTask.request(steps, script))).uuid();
    }

    private TaskStatus find(UUID task) {
        return Result.of(tasks.find(task, TaskViewer.ofService()));
    }

    private static long unfinished() {
        return Database.number("SELECT COUNT(*) FROM user_task_status WHERE phase < 3");
    }

    private void run() {
        Result.of(job.runTasks());
    }
}
