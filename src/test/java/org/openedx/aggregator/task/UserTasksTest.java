package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.FakeArtifactStore;
import org.openedx.aggregator.support.JoiningTask;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;

@QuarkusTest
@TestProfile(TaskProfile.class)
class UserTasksTest {

    private static final Requester ALICE = new Requester(OptionalLong.of(7), "alice");
    private static final Requester BOB = new Requester(OptionalLong.of(8), "bob");
    private static final TaskViewer ALICES_VIEW = new TaskViewer("alice", false, false);

    @Inject
    UserTasks tasks;

    @Inject
    TaskArtifacts artifacts;

    @Inject
    TaskClaims claims;

    @Inject
    UserTaskJob job;

    @Inject
    TaskPurgeJob purge;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : List.of("user_task_status", "user_task_artifact", "user_task_file_deletion")) {
            Database.rows("DELETE FROM " + table);
        }
    }

    @Test
    void a_task_is_started_run_and_collected() {
        // Given
        var task = start(ScriptedTask.request(3, progress -> progress.stepDone()
                .chain(() -> progress.text("Summary", "three lines"))
                .chain(() -> progress.url("Page", URI.create("https://example.org/page")))));
        var before = find(task);

        // When
        run();

        // Then
        var after = find(task);
        assertThat(before.state()).isEqualTo("Pending");
        assertThat(before.started()).isEmpty();
        assertThat(after.state()).isEqualTo("Succeeded");
        assertThat(after.completedSteps()).isEqualTo(3);
        assertThat(after.percent()).isEqualTo(100);
        assertThat(after.started()).isPresent();
        assertThat(after.finished()).isPresent();
        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(texts(task)).containsEntry("Summary", "three lines");
        assertThat(after.artifacts()).hasSize(2);
    }

    @ParameterizedTest(name = "{0} after {1} is {2}")
    @CsvSource({
            "Pending,     cancel,  Canceled",
            "Pending,     start,   In Progress",
            "Retrying,    cancel,  Canceled",
            "Retrying,    start,   In Progress",
            "In Progress, cancel,  Canceled",
            "In Progress, state,   Exporting",
            "In Progress, succeed, Succeeded",
            "In Progress, fail,    Failed",
            "In Progress, retry,   Retrying",
            "Exporting,   cancel,  Canceled",
            "Exporting,   state,   Exporting",
            "Exporting,   succeed, Succeeded",
            "Exporting,   fail,    Failed",
            "Exporting,   retry,   Retrying",
            "Succeeded,   cancel,  Succeeded", "Succeeded, start, Succeeded", "Succeeded, fail, Succeeded",
            "Succeeded,   state,   Succeeded", "Succeeded, retry, Succeeded",
            "Failed,      cancel,  Failed", "Failed, start, Failed", "Failed, succeed, Failed",
            "Failed,      state,   Failed", "Failed, retry, Failed",
            "Canceled,    cancel,  Canceled", "Canceled, start, Canceled", "Canceled, succeed, Canceled",
            "Canceled,    state,   Canceled", "Canceled, fail, Canceled", "Canceled, retry, Canceled" })
    void states_change_as_in_django_user_tasks(String state, String move, String expected) {
        // Given
        var task = start(ScriptedTask.request(progress -> Uni.createFrom().voidItem()));
        var claim = brought(task, state);

        // When
        move(task, claim, move);

        // Then
        assertThat(find(task).state()).isEqualTo(expected);
        assertThat(find(task).attempts()).isEqualTo(
                (state.equals("Retrying") ? 2 : 1) + (move.equals("retry") && expected.equals("Retrying") ? 1 : 0));
    }

    @Test
    void a_short_task_is_not_written_to_before_its_end() {
        // Given
        var task = start(ScriptedTask.request(progress -> Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(50))));

        // When
        run();

        // Then
        assertThat(find(task).state()).isEqualTo("Succeeded");
        assertThat(Database.number("SELECT heartbeat = started FROM user_task_status WHERE uuid = ?", task.toString()))
                .isEqualTo(1);
    }

    @Test
    void fast_steps_are_written_together() {
        // Given
        var task = start(ScriptedTask.request(2000, progress -> Multi.createFrom()
                .range(0, 1999)
                .onItem()
                .transformToUniAndConcatenate(step -> progress.stepDone())
                .onItem()
                .ignoreAsUni()
                .chain(progress::stepDone)));

        // When
        run();

        // Then
        assertThat(find(task).completedSteps()).isEqualTo(2000);
        assertThat(find(task).version()).isLessThan(30);
    }

    @Test
    void progress_is_seen_while_the_task_runs() {
        // Given
        var gate = new CompletableFuture<Void>();
        var task = start(ScriptedTask.request(4, progress -> progress.stepDone()
                .chain(() -> progress.addSteps(1))
                .chain(() -> progress.state("Exporting"))
                .chain(() -> Uni.createFrom().completionStage(gate))));

        // When
        var running = job.runTasks().subscribeAsCompletionStage();

        // Then
        await(() -> assertThat(find(task).state()).isEqualTo("Exporting"));
        assertThat(find(task).percent()).isEqualTo(20);
        gate.complete(null);
        running.join();
        assertThat(find(task).state()).isEqualTo("Succeeded");
    }

    @Test
    void a_better_name_goes_up_to_the_container() {
        // Given
        var lone = start(ScriptedTask.request(progress -> progress.name("Export of one course")));
        var group = container(Container.GROUP,
                ScriptedTask.request(progress -> progress.name("x".repeat(300)).chain(() -> progress.state("Exporting"))));

        // When
        run();

        // Then
        assertThat(find(lone).name()).isEqualTo("Export of one course");
        assertThat(find(group).name()).isEqualTo("x".repeat(255));
        assertThat(find(group).state()).isEqualTo("Succeeded");
    }

    @Test
    void a_bad_task_does_not_keep_those_from_being_stored_that_come_with_it() {
        // Given
        var bad = new Requester(OptionalLong.empty(), "x".repeat(200));

        // When
        var stored = IntStream.range(0, 20)
                .mapToObj(number -> tasks.start(number == 10 ? bad : ALICE, quick()).subscribeAsCompletionStage())
                .toList()
                .stream()
                .filter(started -> started.handle((task, failure) -> failure == null).join())
                .count();

        // Then
        assertThat(stored).isEqualTo(19);
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isEqualTo(19);
    }

    @Test
    void of_tasks_that_end_together_a_lost_one_is_not_written() {
        // Given
        for (int person = 0; person < 6; person++) {
            start(new Requester(OptionalLong.empty(), "person" + person), quick());
        }
        var held = Result.of(claims.claim(6));
        Database.rows("UPDATE user_task_status SET claim = claim + 1 WHERE uuid = ?", held.get(3).uuid());

        // When
        var ended = held.stream()
                .map(claim -> claims.succeed(claim, Step.of(1, 0)).subscribeAsCompletionStage())
                .toList()
                .stream()
                .map(end -> end.handle((nothing, failure) -> failure == null).join())
                .toList();

        // Then
        assertThat(ended).containsExactly(true, true, true, false, true, true);
        assertThat(find(UUID.fromString(held.get(3).uuid())).state()).isEqualTo("In Progress");
        assertThat(find(UUID.fromString(held.get(0).uuid())).completedSteps()).isEqualTo(1);
    }

    @Test
    void a_running_task_is_told_that_it_was_cancelled() {
        // Given
        var told = new CompletableFuture<Throwable>();
        var task = start(ScriptedTask.request(1000, progress -> steps(progress).onFailure().invoke(told::complete)));
        var running = job.runTasks().subscribeAsCompletionStage();
        await(() -> assertThat(find(task).completedSteps()).isPositive());

        // When
        var answer = Result.of(tasks.cancel(task, ALICES_VIEW));

        // Then
        assertThat(answer.state()).isEqualTo("Canceled");
        assertThat(told.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(TaskCanceledException.class);
        running.join();
        assertThat(find(task).state()).isEqualTo("Canceled");
        assertThat(find(task).artifacts()).isEmpty();
    }

    @Test
    void a_failure_is_told_to_a_person_without_its_insides() {
        // Given
        var told = start(
                ScriptedTask.request(progress -> Uni.createFrom().failure(new TaskFailedException("No such course."))));
        var odd = start(ScriptedTask.request(progress -> {
            throw new IllegalStateException("secret");
        }));

        // When
        run();

        // Then
        assertThat(find(told).state()).isEqualTo("Failed");
        assertThat(texts(told)).containsExactly(Map.entry("Error", "No such course."));
        assertThat(find(odd).state()).isEqualTo("Failed");
        assertThat(texts(odd).get("Error")).contains("administrator").doesNotContain("secret", "Exception");
    }

    @Test
    void what_may_succeed_later_is_tried_again_from_its_checkpoint() {
        // Given
        var seen = new ArrayList<Optional<JsonObject>>();
        var task = start(ScriptedTask.request(progress -> {
            seen.add(progress.lastCheckpoint());
            return progress.attempt() == 3
                    ? Uni.createFrom().voidItem()
                    : progress.checkpoint(new JsonObject().put("done", progress.attempt()))
                            .chain(() -> Uni.createFrom().failure(new RetryableTaskException("busy", null)));
        }));

        // When
        run();
        var between = find(task).state();
        await(() -> {
            run();
            assertThat(find(task).isFinished()).isTrue();
        });

        // Then
        assertThat(between).isEqualTo("Retrying");
        assertThat(find(task).state()).isEqualTo("Succeeded");
        assertThat(find(task).attempts()).isEqualTo(3);
        assertThat(seen).containsExactly(Optional.empty(), Optional.of(new JsonObject().put("done", 1)),
                Optional.of(new JsonObject().put("done", 2)));
    }

    @Test
    void a_dead_replicas_task_goes_on_elsewhere_and_fails_in_the_end() {
        // Given
        var task = start(ScriptedTask.request(progress -> Uni.createFrom().voidItem()));
        var states = new ArrayList<String>();

        // When
        for (int attempt = 0; attempt < 3; attempt++) {
            Database.rows("UPDATE user_task_status SET due_at = UTC_TIMESTAMP(6)");
            assertThat(Result.of(claims.claim(1))).hasSize(1);
            Database.rows("UPDATE user_task_status SET due_at = UTC_TIMESTAMP(6)");
            Result.of(claims.recoverLost());
            states.add(find(task).state() + find(task).attempts());
        }

        // Then
        assertThat(states).containsExactly("Retrying2", "Retrying3", "Failed3");
        assertThat(texts(task).get("Error")).contains("interrupted");
    }

    @Test
    void a_frozen_worker_can_write_nothing_any_more() {
        // Given
        var task = start(ScriptedTask.request(progress -> Uni.createFrom().voidItem()));
        var frozen = Result.of(claims.claim(1)).get(0);
        Database.rows("UPDATE user_task_status SET due_at = UTC_TIMESTAMP(6)");
        Result.of(claims.recoverLost());
        Database.rows("UPDATE user_task_status SET due_at = UTC_TIMESTAMP(6)");
        assertThat(Result.of(claims.claim(1))).hasSize(1);

        // When, Then
        var step = Step.of(1, 0);
        assertThatThrownBy(() -> Result.of(claims.write(frozen, step))).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> Result.of(claims.succeed(frozen, step))).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> Result.of(claims.add(frozen, "Output", ArtifactTable.Content.text("old"))))
                .isInstanceOf(ClaimLostException.class);
        assertThat(find(task).state()).isEqualTo("In Progress");
        assertThat(find(task).completedSteps()).isZero();
        assertThat(find(task).artifacts()).isEmpty();
    }

    @Test
    void a_long_task_keeps_its_claim() {
        // Given
        var task = start(ScriptedTask.request(progress -> Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofSeconds(4))));

        // When
        var running = job.runTasks().subscribeAsCompletionStage();
        Awaitility.await().pollDelay(Duration.ofMillis(2500)).until(() -> true);
        int lost = Result.of(claims.recoverLost());
        running.join();

        // Then
        assertThat(lost).isZero();
        assertThat(find(task).state()).isEqualTo("Succeeded");
        assertThat(find(task).attempts()).isEqualTo(1);
    }

    @Test
    void each_task_is_claimed_once_by_many_replicas() {
        // Given
        for (int person = 0; person < 20; person++) {
            start(new Requester(OptionalLong.empty(), "person" + person), quick());
        }

        // When
        var claimed = IntStream.range(0, 10)
                .mapToObj(replica -> claims.claim(4).subscribeAsCompletionStage())
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .flatMap(List::stream)
                .map(Claim::uuid)
                .toList();

        // Then
        assertThat(claimed).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void one_persons_tasks_do_not_keep_others_waiting() {
        // Given
        for (int count = 0; count < 6; count++) {
            start(ALICE, quick());
        }
        var bobs = start(BOB, quick());

        // When
        var two = Result.of(claims.claim(2)).stream().map(Claim::uuid).toList();
        var rest = Result.of(claims.claim(8));

        // Then
        assertThat(two).contains(bobs.toString());
        assertThat(rest).hasSize(2);
        assertThat(Result.of(claims.claim(8))).isEmpty();
    }

    @Test
    void important_tasks_come_first() {
        // Given
        start(ALICE, quick());
        var important = start(ALICE, new TaskRequest(JoiningTask.ACTION, new JsonObject()));

        // When
        var claimed = Result.of(claims.claim(1));

        // Then
        assertThat(claimed).extracting(Claim::uuid).containsExactly(important.toString());
    }

    @Test
    void the_same_work_is_not_done_twice_at_once() {
        // Given
        var request = quick();
        var reordered = new JsonObject().put("steps", 1).put("script", request.parameters().getString("script"));
        var task = start(request);

        // When, Then
        assertThatThrownBy(() -> start(new TaskRequest(ScriptedTask.ACTION, reordered)))
                .isInstanceOfSatisfying(TaskRunningException.class,
                        refused -> assertThat(refused.running()).isEqualTo(task));
        assertThat(start(BOB, request)).isNotEqualTo(task);
        run();
        assertThat(start(request)).isNotEqualTo(task);
    }

    @Test
    void of_many_who_ask_at_once_all_get_the_running_task() {
        // Given
        var request = new TaskRequest(JoiningTask.ACTION,
                new JsonObject().put("course", ThreadLocalRandom.current().nextInt()));

        // When
        var started = IntStream.range(0, 12)
                .mapToObj(replica -> tasks.start(ALICE, request).subscribeAsCompletionStage())
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(TaskStatus::uuid)
                .distinct()
                .toList();

        // Then
        assertThat(started).hasSize(1);
    }

    @Test
    void a_chain_runs_in_order_and_stops_at_the_first_failure() {
        // Given
        var order = new ArrayList<String>();
        var chain = container(Container.CHAIN,
                ScriptedTask.request(2, progress -> noted(order, "one")),
                ScriptedTask.request(3, progress -> noted(order, "two")
                        .chain(() -> Uni.createFrom().failure(new TaskFailedException("Two is broken.")))),
                ScriptedTask.request(4, progress -> noted(order, "three")));
        var total = find(chain).totalSteps();

        // When
        run();

        // Then
        assertThat(total).isEqualTo(9);
        assertThat(order).containsExactly("one", "two");
        assertThat(find(chain).state()).isEqualTo("Failed");
        assertThat(find(chain).completedSteps()).isEqualTo(2);
        assertThat(texts(chain)).containsExactly(Map.entry("Error", "Two is broken."));
        assertThat(childStates(chain)).containsExactly("Succeeded", "Failed", "Canceled");
    }

    @Test
    void a_chord_runs_its_last_task_after_all_others() {
        // Given
        var order = new ArrayList<String>();
        var chord = container(Container.CHORD,
                ScriptedTask.request(progress -> noted(order, "head")),
                ScriptedTask.request(progress -> noted(order, "head")),
                ScriptedTask.request(progress -> noted(order, "body")));

        // When
        run();

        // Then
        assertThat(order).containsExactly("head", "head", "body");
        assertThat(find(chord).state()).isEqualTo("Succeeded");
        assertThat(find(chord).completedSteps()).isEqualTo(3);
        assertThat(find(chord).finished()).isPresent();
    }

    @Test
    void a_container_is_cancelled_with_its_tasks() {
        // Given
        var group = container(Container.GROUP, quick(), quick(), quick());
        assertThat(Result.of(claims.claim(1))).hasSize(1);
        var started = find(group).state();

        // When
        Result.of(tasks.cancel(group, TaskViewer.ofService()));

        // Then
        assertThat(started).isEqualTo("In Progress");
        assertThat(find(group).state()).isEqualTo("Canceled");
        assertThat(childStates(group)).containsOnly("Canceled");
        assertThat(Result.of(claims.claim(8))).isEmpty();
    }

    @Test
    void a_file_is_replaced_and_goes_with_its_task() {
        // Given
        var content = Multi.createFrom().items(Buffer.buffer("a,"), Buffer.buffer("b"));
        var task = start(ScriptedTask.request(progress -> progress.file("Output", "old.csv", "text/csv", content)
                .chain(() -> progress.file("Output", "Größe_1.csv", "text/csv", content))));
        run();
        var artifact = Result.of(artifacts.find(find(task).artifacts().get(0), ALICES_VIEW));
        var files = List.copyOf(FakeArtifactStore.FILES.keySet());
        Result.of(purge.purgeAll());
        var afterSweep = List.copyOf(FakeArtifactStore.FILES.keySet());

        // When
        Result.of(tasks.delete(task, ALICES_VIEW));
        Result.of(purge.purgeAll());

        // Then
        assertThat(artifact.file().orElseThrow().toString()).contains("/files/user_tasks/");
        assertThat(files).hasSize(2);
        assertThat(afterSweep).hasSize(1).allMatch(key -> key.endsWith("Gr__e_1.csv"));
        assertThat(FakeArtifactStore.FILES).isEmpty();
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_file_deletion")).isZero();
        assertThatThrownBy(() -> find(task)).isInstanceOf(TaskNotFoundException.class);
    }

    @Test
    void old_finished_tasks_are_removed_and_unfinished_ones_never() {
        // Given
        var finished = start(ScriptedTask.request(progress -> progress.text("Summary", "done")));
        run();
        var group = container(Container.GROUP, quick());
        var young = start(quick());
        Database.rows("UPDATE user_task_status SET expires = UTC_TIMESTAMP(6) WHERE uuid <> ?", young.toString());

        // When
        Result.of(purge.purgeAll());

        // Then
        assertThatThrownBy(() -> find(finished)).isInstanceOf(TaskNotFoundException.class);
        assertThat(find(group).state()).isEqualTo("Pending");
        assertThat(find(young).state()).isEqualTo("Pending");
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_artifact")).isZero();
    }

    private Claim brought(UUID task, String state) {
        if (state.equals("Pending")) {
            return null;
        }
        var claim = Result.of(claims.claim(1)).get(0);
        switch (state) {
            case "Exporting" -> move(task, claim, "state");
            case "Retrying" -> move(task, claim, "retry");
            case "Succeeded" -> move(task, claim, "succeed");
            case "Failed" -> move(task, claim, "fail");
            case "Canceled" -> move(task, claim, "cancel");
            default -> assertThat(state).isEqualTo("In Progress");
        }
        return claim;
    }

    private void move(UUID task, Claim claim, String move) {
        try {
            switch (move) {
                case "cancel" -> Result.of(tasks.cancel(task, ALICES_VIEW));
                case "start" -> {
                    Database.rows("UPDATE user_task_status SET due_at = UTC_TIMESTAMP(6)");
                    Result.of(claims.claim(1));
                }
                case "state" ->
                    Result.of(claims.write(claim, Step.state("Exporting")));
                case "succeed" -> Result.of(claims.succeed(claim, Step.NONE));
                case "fail" -> Result.of(claims.fail(claim, Step.NONE, "It failed."));
                default -> Result.of(claims.retryOrFail(claim, Step.NONE, "It failed."));
            }
        } catch (ClaimLostException | TaskCanceledException | CompletionException e) {
            assertThat(find(task).isFinished()).isTrue();
        }
    }

    private static Uni<Void> steps(TaskProgress progress) {
        return Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(20))
                .onOverflow()
                .drop()
                .select()
                .first(500)
                .onItem()
                .transformToUniAndConcatenate(tick -> progress.stepDone())
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<Void> noted(List<String> order, String what) {
        return Uni.createFrom().voidItem().invoke(() -> order.add(what));
    }

    private static TaskRequest quick() {
        return ScriptedTask.request(progress -> Uni.createFrom().voidItem());
    }

    private UUID start(TaskRequest request) {
        return start(ALICE, request);
    }

    private UUID start(Requester owner, TaskRequest request) {
        return Result.of(tasks.start(owner, request)).uuid();
    }

    private UUID container(Container kind, TaskRequest... requests) {
        return Result.of(tasks.start(ALICE, kind, "All of it", List.of(requests))).uuid();
    }

    private TaskStatus find(UUID task) {
        return Result.of(tasks.find(task, TaskViewer.ofService()));
    }

    private void run() {
        Result.of(job.runTasks());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
    }

    private Map<String, String> texts(UUID task) {
        var texts = new HashMap<String, String>();
        find(task).artifacts()
                .stream()
                .map(artifact -> Result.of(artifacts.find(artifact, TaskViewer.ofService())))
                .forEach(artifact -> texts.put(artifact.name(), artifact.text().orElse("")));
        return texts;
    }

    private static List<Object> childStates(UUID container) {
        return Database.rows("SELECT state FROM user_task_status WHERE parent = ? ORDER BY child_index", container.toString())
                .stream()
                .map(row -> row.get("state"))
                .toList();
    }
}
