package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.TaskProfile;
import org.openedx.aggregator.task.ExternalResult.Outcome;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(TaskProfile.class)
class ExternalTasksTest {

    private static final String WORKER = "studio-worker";

    @Inject
    ExternalTasks external;

    @Inject
    ExternalTaskJob job;

    @Inject
    UserTasks tasks;

    @Inject
    TaskArtifacts artifacts;

    @Inject
    TaskClaims claims;

    @Inject
    TaskPurgeJob purge;

    private long sequence;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : List.of("user_task_status", "user_task_artifact", "user_task_command", "user_task_removed")) {
            Database.rows("DELETE FROM " + table);
        }
    }

    @Test
    void a_task_of_another_system_is_shown_from_its_beginning_to_its_end() {
        // When
        var task = created("t");
        var pending = find(task);
        say("t", "started");
        say("t", "progress", "completed_steps", 1, "total_steps", 4);
        say("t", "state", "state", "Exporting");
        var running = find(task);
        say("t", "artifact", "name", "Summary", "text", "three lines");
        say("t", "artifact", "name", "Output", "file", "https://bucket.example.org/x.tar.gz");
        say("t", "succeeded");
        var ended = find(task);

        // Then
        assertThat(pending.state()).isEqualTo("Pending");
        assertThat(pending.username()).isEqualTo("alice");
        assertThat(pending.action()).isEqualTo("course.export");
        assertThat(running.state()).isEqualTo("Exporting");
        assertThat(running.percent()).isEqualTo(25);
        assertThat(ended.state()).isEqualTo("Succeeded");
        assertThat(ended.completedSteps()).isEqualTo(4);
        assertThat(ended.finished()).isPresent();
        assertThat(ended.artifacts()).hasSize(2);
        assertThat(Result.of(artifacts.find(ended.artifacts().get(1), TaskViewer.ofService())).url())
                .isEqualTo(Optional.of("https://bucket.example.org/x.tar.gz"));
    }

    @ParameterizedTest(name = "{0} after {1} is {2}")
    @CsvSource({
            "Pending,     started,   In Progress", "Pending,     progress,  In Progress", "Pending,  canceled, Canceled",
            "Pending,     succeeded, Succeeded", "Pending,     failed,    Failed", "Pending,     retrying,  Retrying",
            "In Progress, started,   In Progress", "In Progress, state,     Exporting", "In Progress, retrying, Retrying",
            "In Progress, succeeded, Succeeded", "In Progress, failed,    Failed", "In Progress, canceled,  Canceled",
            "Exporting,   started,   Exporting", "Exporting,   progress,  Exporting", "Exporting,   retrying,  Retrying",
            "Retrying,    started,   In Progress", "Retrying,    failed,    Failed", "Retrying,    artifact,  In Progress",
            "Succeeded,   started,   Succeeded", "Succeeded,   failed,    Succeeded", "Failed,   succeeded, Failed",
            "Failed,      retrying,  Failed", "Canceled,    succeeded, Canceled", "Canceled,    progress,  Canceled" })
    void states_change_as_in_django_user_tasks(String state, String type, String expected) {
        // Given
        var task = created("t");
        switch (state) {
            case "In Progress" -> say("t", "started");
            case "Exporting" -> say("t", "state");
            case "Retrying" -> say("t", "retrying");
            case "Succeeded" -> say("t", "succeeded");
            case "Failed" -> say("t", "failed");
            case "Canceled" -> say("t", "canceled");
            default -> assertThat(find(task).state()).isEqualTo("Pending");
        }
        boolean finished = find(task).isFinished();

        // When
        var outcome = say("t", type);

        // Then
        assertThat(find(task).state()).isEqualTo(expected);
        assertThat(outcome).isEqualTo(finished ? Outcome.FINISHED : Outcome.APPLIED);
    }

    @Test
    void what_is_told_again_changes_nothing() {
        // Given
        var history = List.of(event("t", "created"), event("t", "started"), event("t", "retrying"),
                event("t", "progress", "completed_steps", 1), event("t", "failed"));
        history.forEach(this::apply);
        var before = Database.rows("SELECT * FROM user_task_status");

        // When
        var outcomes = history.stream().map(this::apply).toList();

        // Then
        assertThat(outcomes).containsOnly(Outcome.REPEATED);
        assertThat(Database.rows("SELECT * FROM user_task_status")).isEqualTo(before);
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_artifact")).isEqualTo(1);
    }

    @Test
    void of_many_that_create_the_same_task_one_does() {
        // Given
        var event = ExternalEvent.of(event("t", "created"));

        // When
        var outcomes = IntStream.range(0, 8)
                .mapToObj(replica -> external.apply(WORKER, event).subscribeAsCompletionStage())
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(ExternalResult::outcome)
                .toList();

        // Then
        assertThat(outcomes).containsOnlyOnce(Outcome.APPLIED).contains(Outcome.REPEATED);
    }

    @Test
    void an_unknown_task_and_another_workers_are_not_driven() {
        // Given
        created("t");

        // When, Then
        assertThat(say("other", "started")).isEqualTo(Outcome.UNKNOWN);
        assertThat(Result.of(external.apply("stranger", ExternalEvent.of(event("t", "started")))).outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void our_replicas_leave_it_alone() {
        // Given
        apply(event("t", "created", "action", "test.scripted"));
        apply(event("u", "created", "action", "test.scripted"));
        say("u", "started");

        // When, Then
        assertThat(Result.of(claims.claim(8))).isEmpty();
        Database.rows("UPDATE user_task_status SET due_at = UTC_TIMESTAMP(6)");
        assertThat(Result.of(claims.claim(8))).isEmpty();
        assertThat(Result.of(claims.recoverLost())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "started", "created" })
    void a_silent_task_fails(String last) {
        // Given
        var task = created("t");
        if (last.equals("started")) {
            say("t", last);
        }
        var talking = created("u");
        Database.rows("UPDATE user_task_status SET heartbeat = UTC_TIMESTAMP(6) - INTERVAL 25 HOUR");
        say("u", "progress", "completed_steps", 1);

        // When
        Result.of(job.failSilent());

        // Then
        assertThat(find(task).state()).isEqualTo("Failed");
        assertThat(Result.of(artifacts.find(find(task).artifacts().get(0), TaskViewer.ofService())).text().orElseThrow())
                .contains("too long");
        assertThat(find(talking).state()).isEqualTo("In Progress");
        assertThat(say("t", "succeeded")).isEqualTo(Outcome.FINISHED);
    }

    @Test
    void containers_sum_the_steps_of_their_parts_and_end_with_the_last_that_is_to_come() {
        // Given
        var chain = uuid(event("chain", "created", "container", "chain", "parts", 2));
        var group = uuid(event("group", "created", "container", "group", "parts", 2, "parent", "chain"));

        // When
        created("a", "parent", "group");
        say("a", "succeeded");
        var early = find(group).state();
        created("b", "parent", "group");
        created("c", "parent", "chain");
        say("b", "succeeded");
        var middle = find(chain);
        say("c", "succeeded");

        // Then
        assertThat(early).isEqualTo("In Progress");
        assertThat(find(group).state()).isEqualTo("Succeeded");
        assertThat(middle.state()).isEqualTo("In Progress");
        assertThat(middle.totalSteps()).isEqualTo(6);
        assertThat(middle.completedSteps()).isEqualTo(4);
        assertThat(find(chain).state()).isEqualTo("Succeeded");
        assertThat(apply(event("d", "created", "parent", "chain"))).isEqualTo(Outcome.REFUSED);
        assertThat(apply(event("d", "created", "parent", "nowhere"))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_container_fails_with_a_part_and_says_nothing_itself() {
        // Given
        var group = uuid(event("group", "created", "container", "group", "parts", 2));
        created("a", "parent", "group");

        // When
        var own = say("group", "succeeded");
        say("a", "failed");

        // Then
        assertThat(own).isEqualTo(Outcome.REFUSED);
        assertThat(find(group).state()).isEqualTo("Failed");
        assertThat(find(group).artifacts()).hasSize(1);
    }

    @Test
    void external_containers_are_nested_five_deep_at_most() {
        // Given
        for (int level = 0; level < 5; level++) {
            var json = event("c" + level, "created", "container", "group", "parts", 1);
            assertThat(apply(level == 0 ? json : json.put("parent", "c" + (level - 1)))).isEqualTo(Outcome.APPLIED);
        }

        // When, Then
        assertThat(apply(event("deep", "created", "parent", "c4"))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void the_worker_is_told_of_a_cancellation_by_a_person() {
        // Given
        var task = created("t");
        var other = created("u");
        say("u", "canceled");

        // When
        Result.of(tasks.cancel(task, new TaskViewer("alice", false, false)));
        Result.of(tasks.cancel(other, new TaskViewer("alice", false, false)));

        // Then
        assertThat(Database.rows("SELECT * FROM user_task_command")).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("task", task.toString());
            assertThat(row).containsEntry("task_id", "t");
            assertThat(row).containsEntry("worker", WORKER);
            assertThat(row).containsEntry("requested_by", "alice");
        });
        assertThat(say("t", "succeeded")).isEqualTo(Outcome.FINISHED);
    }

    @Test
    void a_removed_task_does_not_come_back() {
        // Given
        var history = List.of(event("t", "created"), event("t", "started"));
        var task = uuid(history.get(0));
        Result.of(tasks.delete(task, TaskViewer.ofService()));
        Result.of(purge.purgeAll());

        // When
        var outcomes = history.stream().map(this::apply).toList();

        // Then
        assertThat(outcomes).containsOnly(Outcome.FINISHED);
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isZero();
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_command")).isEqualTo(1);
        Database.rows("UPDATE user_task_removed SET removed_at = '2020-01-01'");
        Result.of(purge.purgeAll());
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_removed")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'type': 'created'} | user",
            "{'type': 'created', 'user': {'id': 7}} | username",
            "{'type': 'created', 'user': {'username': 'alice'}, 'name': 'x'} | action",
            "{'type': 'created', 'user': {'username': 'alice'}, 'name': 'x', 'container': 'heap'} | group",
            "{'type': 'created', 'user': {'username': 'alice'}, 'name': 'x', 'container': 'group'} | parts",
            "{'type': 'created', 'user': {'username': 'alice', 'id': 'x'}} | integer",
            "{'type': 'exploded'} | type",
            "{'type': 7} | type",
            "{'type': 'progress'} | completed_steps",
            "{'type': 'progress', 'completed_steps': -1} | range",
            "{'type': 'progress', 'completed_steps': 1.5} | integer",
            "{'type': 'state', 'state': 'Succeeded'} | state",
            "{'type': 'artifact', 'name': 'x'} | text",
            "{'type': 'artifact', 'name': 'x', 'url': 'javascript:alert(1)'} | web",
            "{'type': 'artifact', 'text': 'x'} | name",
            "{'type': 'artifact', 'url': 'https://example.org/'} | name",
            "{'type': 'failed'} | message",
            "{'type': 'started', 'sequence': 0} | sequence",
            "{'type': 'started', 'sequence': null} | sequence",
            "{'type': 'started', 'task_id': ''} | task_id" })
    void what_cannot_be_understood_is_told_by_its_member(String members, String why) {
        var json = new JsonObject().put("task_id", "t").put("sequence", 1)
                .mergeIn(new JsonObject(members.replace('\'', '"')));
        assertThatThrownBy(() -> ExternalEvent.of(json))
                .isInstanceOf(InvalidExternalEventException.class)
                .hasMessageContaining(why);
    }

    private UUID created(String taskId, Object... members) {
        return uuid(event(taskId, "created", members));
    }

    private UUID uuid(JsonObject created) {
        var result = Result.of(external.apply(WORKER, ExternalEvent.of(created)));
        assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.APPLIED);
        return result.task();
    }

    private Outcome say(String taskId, String type, Object... members) {
        return apply(event(taskId, type, members));
    }

    private Outcome apply(JsonObject event) {
        return Result.of(external.apply(WORKER, ExternalEvent.of(event))).outcome();
    }

    private JsonObject event(String taskId, String type, Object... members) {
        var json = new JsonObject().put("type", type).put("task_id", taskId).put("sequence", ++sequence);
        switch (type) {
            case "created" -> json.put("user", new JsonObject().put("id", 7).put("username", "alice"))
                    .put("action", "course.export").put("name", "Export").put("total_steps", 2);
            case "state" -> json.put("state", "Exporting");
            case "progress" -> json.put("completed_steps", 1);
            case "failed" -> json.put("message", "It broke.");
            case "artifact" -> json.put("name", "Note").put("text", "x");
            default -> json.put("note", "ignored");
        }
        for (int index = 0; index < members.length; index += 2) {
            json.put((String) members[index], members[index + 1]);
        }
        if (json.containsKey("file")) {
            json.remove("text");
        }
        return json;
    }

    private TaskStatus find(UUID task) {
        return Result.of(tasks.find(task, TaskViewer.ofService()));
    }
}
