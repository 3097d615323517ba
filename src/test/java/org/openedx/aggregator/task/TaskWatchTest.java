package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.EventStream;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(TaskWatchTest.Watching.class)
class TaskWatchTest {

    public static class Watching extends TaskProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(super.getConfigOverrides());
            settings.put("aggregator.task-watch.heartbeat", "1s");
            settings.put("aggregator.task-watch.longest", "60s");
            settings.put("aggregator.task-watch.streams", "60");
            settings.put("aggregator.task-watch.streams-per-user", "50");
            return settings;
        }
    }

    private static final String TASKS = "/api/tasks/v0/tasks/";

    @TestHTTPResource("/")
    URI service;

    @Inject
    UserTasks tasks;

    @Inject
    TaskWatch watch;

    @Inject
    TaskWatchJob job;

    @Inject
    TaskStreams streams;

    @Inject
    UserTaskJob runner;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        Database.rows("DELETE FROM user_task_status");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> streams.count() == 0);
    }

    @Test
    void each_change_is_told_as_get_shows_it_until_the_task_is_finished() {
        // Given
        var task = start();
        try (var stream = watch(task, "alice", "Accept-Language", "fr")) {

            // When
            var pending = stream.nextEvent();
            var shown = Caller.as("alice").header("Accept-Language", "fr").get(TASKS + task + "/").asString();
            change(task, "In Progress");
            var running = stream.nextEvent();
            Result.of(tasks.cancel(task, TaskViewer.ofService()));
            var canceled = stream.nextEvent();

            // Then
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(pending).containsEntry("id", "1").containsEntry("data", shown);
            assertThat(running).containsEntry("id", "2");
            assertThat(new JsonObject(running.get("data")).getString("state_text")).isEqualTo("En cours");
            assertThat(canceled).containsEntry("id", "3");
            assertThat(new JsonObject(canceled.get("data")).getString("state")).isEqualTo("Canceled");
            assertThat(stream.nextEvent()).containsEntry("end", "clean");
        }
    }

    @Test
    void a_task_that_runs_is_seen_to_its_end() {
        // Given
        var task = start();
        try (var stream = watch(task, "alice")) {
            stream.nextEvent();

            // When
            Result.of(runner.runTasks());

            // Then
            assertThat(new JsonObject(stream.nextEvent().get("data")).getInteger("percent")).isEqualTo(100);
            assertThat(stream.nextEvent()).containsEntry("end", "clean");
        }
    }

    @Test
    void who_comes_back_is_told_only_what_is_new() {
        // Given
        var task = start();
        change(task, "Exporting");

        // When
        try (var same = watch(task, "alice", "Last-Event-ID", "2"); var old = watch(task, "alice", "Last-Event-ID", "1")) {
            var first = same.next();
            var missed = old.next();
            change(task, "Compressing");

            // Then
            assertThat(first).containsKey("comment");
            assertThat(missed).containsEntry("id", "2");
            assertThat(same.nextEvent()).containsEntry("id", "3");
            assertThat(old.nextEvent()).containsEntry("id", "3");
        }
    }

    @Test
    void who_knows_the_end_is_sent_away_for_good() {
        // Given
        var task = start();
        Result.of(tasks.cancel(task, TaskViewer.ofService()));

        // When
        try (var known = watch(task, "alice", "Last-Event-ID", "2"); var late = watch(task, "alice", "Last-Event-ID", "1")) {

            // Then
            assertThat(known.status()).isEqualTo(204);
            assertThat(known.next()).containsEntry("end", "clean");
            assertThat(late.status()).isEqualTo(200);
            assertThat(late.nextEvent()).containsEntry("id", "2");
            assertThat(late.nextEvent()).containsEntry("end", "clean");
        }
    }

    @Test
    void the_end_of_the_row_is_told() {
        // Given
        var task = start();
        try (var stream = watch(task, "alice")) {
            stream.nextEvent();

            // When
            Result.of(tasks.delete(task, TaskViewer.ofService()));

            // Then
            assertThat(stream.nextEvent()).containsEntry("event", "deleted")
                    .containsEntry("data", "{\"uuid\":\"" + task + "\"}");
            assertThat(stream.nextEvent()).containsEntry("end", "clean");
        }
    }

    @Test
    void a_quiet_stream_gives_signs_of_life() {
        var task = start();
        try (var stream = watch(task, "alice")) {
            stream.nextEvent();
            assertThat(stream.next()).containsKey("comment");
            assertThat(stream.next()).containsKey("comment");
        }
    }

    @Test
    void who_may_not_see_a_task_may_not_watch_it() {
        var events = TASKS + start() + "/events/";
        Caller.as("bob").get(events).then().statusCode(404);
        Caller.anonymous().get(events).then().statusCode(401);
        Caller.as("bob").get(TASKS + UUID.randomUUID() + "/events/").then().statusCode(404);
    }

    @Test
    void nobody_and_not_everybody_together_takes_all_connections() {
        // Given
        var task = Result.of(tasks.find(start(), TaskViewer.ofService()));
        var open = IntStream.range(0, 50).mapToObj(tab -> subscribe(task, "alice", 1)).toList();

        // When
        try (var ownLimit = watch(task.uuid(), "alice")) {
            var others = IntStream.range(0, 10).mapToObj(tab -> subscribe(task, "person" + tab, 1)).toList();
            try (var limit = watch(task.uuid(), "alice")) {

                // Then
                assertThat(ownLimit.status()).isEqualTo(429);
                assertThat(ownLimit.header("Retry-After")).isPresent();
                assertThat(limit.status()).isEqualTo(503);
                assertThat(limit.header("Retry-After")).isPresent();
            }
            others.forEach(AssertSubscriber::cancel);
        }
        open.forEach(AssertSubscriber::cancel);
        try (var again = watch(task.uuid(), "alice")) {
            assertThat(again.status()).isEqualTo(200);
        }
    }

    @Test
    void a_closed_connection_leaves_nothing() {
        // Given
        var task = start();
        var stream = watch(task, "alice");
        stream.nextEvent();
        int open = streams.count();

        // When
        stream.close();

        // Then
        assertThat(open).isEqualTo(1);
        Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> streams.count() == 0 && streams.versions().isEmpty());
    }

    @Test
    void many_who_watch_many_tasks_share_one_look() {
        // Given
        var watched = IntStream.range(0, 10)
                .mapToObj(task -> Result.of(tasks.find(start(), TaskViewer.ofService())))
                .toList();
        var open = IntStream.range(0, 50).mapToObj(tab -> subscribe(watched.get(tab % 10), "alice", 5)).toList();
        Database.rows("UPDATE user_task_status SET version = version + 1, state = 'Exporting'");
        long before = executed();

        // When
        Result.of(job.look());
        long queries = executed() - before;

        // Then
        assertThat(queries).isLessThanOrEqualTo(8);
        assertThat(open).allSatisfy(each -> assertThat(each.getItems()).hasSize(2));
        open.forEach(AssertSubscriber::cancel);
    }

    private static long executed() {
        return Long.parseLong(
                (String) Database.rows("SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'").get(0).values().stream().skip(1)
                        .findFirst()
                        .orElseThrow());
    }

    private AssertSubscriber<TaskEvent> subscribe(TaskStatus task, String viewer, long requested) {
        return watch.of(task, false, viewer).subscribe().withSubscriber(AssertSubscriber.create(requested));
    }

    private EventStream watch(UUID task, String viewer, String... headers) {
        return EventStream.open(service.resolve(TASKS + task + "/events/"), viewer, headers);
    }

    private UUID start() {
        var request = ScriptedTask.request(4, progress -> Uni.createFrom().voidItem());
        return Result.of(tasks.start(new Requester(OptionalLong.empty(), "alice"), request)).uuid();
    }

    private static void change(UUID task, String state) {
        Database.rows("UPDATE user_task_status SET state = ?, version = version + 1 WHERE uuid = ?", state, task.toString());
    }
}
