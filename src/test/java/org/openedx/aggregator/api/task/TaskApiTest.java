package org.openedx.aggregator.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@TestProfile(TaskProfile.class)
class TaskApiTest {

    private static final String TASKS = "/api/tasks/v0/tasks/";
    private static final String ARTIFACTS = "/api/tasks/v0/artifacts/";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?Z";

    @Inject
    UserTasks tasks;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        Database.rows("DELETE FROM user_task_status");
        Database.rows("DELETE FROM user_task_artifact");
    }

    @Test
    void a_task_is_shown_as_django_user_tasks_shows_it() {
        // Given
        var task = start("alice");
        var artifact = artifact(task, "file", "user_tasks/2026/05/04/x/report.csv");

        // When
        var response = Caller.as("alice").get(TASKS + task + "/");

        // Then
        response.then()
                .statusCode(200)
                .header("Retry-After", "1")
                .header("Content-Language", "en")
                .body("name", is("Scripted work"))
                .body("state", is("Pending"))
                .body("state_text", is("Pending"))
                .body("completed_steps", is(0))
                .body("total_steps", is(4))
                .body("attempts", is(1))
                .body("percent", is(0))
                .body("created", matchesPattern(TIME))
                .body("modified", matchesPattern(TIME))
                .body("artifacts", hasSize(1))
                .body("artifacts[0]", matchesPattern("http://[^/]+" + ARTIFACTS + artifact + "/"))
                .body("uuid", is(task.toString()))
                .body("url", matchesPattern("http://[^/]+" + TASKS + task + "/"))
                .body("action", is(ScriptedTask.ACTION))
                .body("started", nullValue())
                .body("finished", nullValue());
    }

    @ParameterizedTest
    @CsvSource({ "fr, En attente", "es-MX, Pendiente", "ar, قيد الانتظار", "de, Pending", "'de, fr;q=0.5', En attente" })
    void the_state_is_told_in_the_readers_language(String wanted, String text) {
        var task = start("alice");
        Caller.as("alice").header("Accept-Language", wanted).get(TASKS + task + "/")
                .then().statusCode(200).body("state_text", is(text)).body("state", is("Pending"));
    }

    @Test
    void own_words_of_a_task_are_not_translated() {
        var task = start("alice");
        Database.rows("UPDATE user_task_status SET state = 'Exporting'");
        Caller.as("alice").header("Accept-Language", "fr").get(TASKS + task)
                .then().statusCode(200).body("state_text", is("Exporting"));
    }

    @Test
    void other_peoples_tasks_do_not_exist_but_for_superusers() {
        // Given
        var task = start("alice");
        var artifact = artifact(task, "text", "secret");

        // When, Then
        Caller.as("bob").get(TASKS + task + "/").then().statusCode(404).body("detail", is("Not found."));
        Caller.as("bob").post(TASKS + task + "/cancel/").then().statusCode(404);
        Caller.as("bob").delete(TASKS + task + "/").then().statusCode(404);
        Caller.as("bob").get(ARTIFACTS + artifact + "/").then().statusCode(404);
        Caller.as("bob").get(TASKS).then().body("count", is(0));
        Caller.as("bob").get(ARTIFACTS).then().body("count", is(0));
        Caller.asStaff().get(TASKS + task + "/").then().statusCode(404);
        superuser().get(TASKS + task + "/").then().statusCode(200);
        superuser().get(TASKS).then().body("count", is(1));
        superuser().get(ARTIFACTS + artifact + "/").then().statusCode(200).body("text", is("secret"));
        Caller.anonymous().get(TASKS + task + "/").then().statusCode(401);
    }

    @Test
    void a_poller_is_not_told_again_what_it_knows() {
        // Given
        var task = start("alice");
        var tag = Caller.as("alice").get(TASKS + task + "/").header("ETag");

        // When
        var same = Caller.as("alice").header("If-None-Match", tag).get(TASKS + task + "/");
        Caller.as("alice").post(TASKS + task + "/cancel/");
        var changed = Caller.as("alice").header("If-None-Match", tag).get(TASKS + task + "/");

        // Then
        same.then().statusCode(304).header("Retry-After", "1");
        changed.then().statusCode(200).header("Retry-After", nullValue()).body("state", is("Canceled"));
    }

    @Test
    void cancelling_answers_with_the_task_also_when_it_had_finished() {
        var task = start("alice");
        Caller.as("alice").post(TASKS + task + "/cancel/").then().statusCode(200).body("state", is("Canceled"));
        Database.rows("UPDATE user_task_status SET state = 'Succeeded'");
        Caller.as("alice").post(TASKS + task + "/cancel/").then().statusCode(200).body("state", is("Succeeded"));
    }

    @Test
    void a_task_is_deleted_and_not_made_or_changed_by_rest() {
        var task = start("alice");
        Caller.as("alice").contentType("application/json").body("{}").put(TASKS + task + "/").then().statusCode(405);
        Caller.as("alice").contentType("application/json").body("{}").post(TASKS).then().statusCode(405);
        Caller.as("alice").delete(TASKS + task + "/").then().statusCode(204);
        Caller.as("alice").get(TASKS + task + "/").then().statusCode(404);
        Caller.as("alice").get(TASKS + UUID.randomUUID() + "/").then().statusCode(404);
        Caller.as("alice").get(TASKS + "nonsense/").then().statusCode(404);
    }

    @Test
    void lists_are_flat_pages_with_the_newest_first() {
        // Given
        var oldest = start("alice");
        start("alice");
        var newest = start("alice");
        start("bob");

        // When, Then
        Caller.as("alice").get(TASKS + "?page_size=2").then()
                .statusCode(200)
                .body("count", is(3))
                .body("num_pages", is(2))
                .body("current_page", is(1))
                .body("start", is(0))
                .body("previous", nullValue())
                .body("next", endsWith(TASKS + "?page=2&page_size=2"))
                .body("results", hasSize(2))
                .body("results[0].uuid", is(newest.toString()));
        Caller.as("alice").get(TASKS + "?page_size=2&page=2").then()
                .body("start", is(2))
                .body("next", nullValue())
                .body("results.uuid", equalTo(List.of(oldest.toString())));
        Caller.as("alice").get(TASKS + "?page=9").then().statusCode(404).body("detail", is("Invalid page."));
    }

    @Test
    void lists_are_filtered() {
        // Given
        var old = start("alice");
        Database.rows("UPDATE user_task_status SET created = '2026-05-04 12:00:00'");
        var canceled = start("alice");
        Caller.as("alice").post(TASKS + canceled + "/cancel/");

        // When, Then
        assertThat(uuids("?state=Canceled")).containsExactly(canceled.toString());
        assertThat(uuids("?state=In%20Progress")).isEmpty();
        assertThat(uuids("?action=test.scripted")).hasSize(2);
        assertThat(uuids("?action=other")).isEmpty();
        assertThat(uuids("?created_after=2026-05-05")).containsExactly(canceled.toString());
        assertThat(uuids("?created_after=2026-05-04T13:59:59%2B02:00")).contains(old.toString());
        assertThat(uuids("?created_after=2026-05-04T12:00:00Z")).containsExactly(canceled.toString());
        Caller.as("alice").get(TASKS + "?created_after=soon").then()
                .statusCode(400).body("detail", containsString("created_after"));
    }

    @Test
    void an_artifact_is_shown_as_django_user_tasks_shows_it() {
        // Given
        var task = start("alice");
        var file = artifact(task, "file", "user_tasks/2026/05/04/x/report.csv");

        // When, Then
        Caller.as("alice").get(ARTIFACTS + file + "/").then()
                .statusCode(200)
                .body("name", is("Output-file"))
                .body("created", matchesPattern(TIME))
                .body("modified", matchesPattern(TIME))
                .body("status", endsWith(TASKS + task + "/"))
                .body("file", matchesPattern("http://[^/]+/files/user_tasks/2026/05/04/x/report.csv\\?name=report.csv"))
                .body("text", is(""))
                .body("url", is(""));
        Caller.as("alice").get(ARTIFACTS).then().statusCode(200).body("count", is(1)).body("results", hasSize(1));
    }

    private UUID start(String username) {
        var request = ScriptedTask.request(4, progress -> Uni.createFrom().voidItem());
        return Result.of(tasks.start(new Requester(OptionalLong.empty(), username), request)).uuid();
    }

    private static UUID artifact(UUID task, String column, String value) {
        var uuid = UUID.randomUUID();
        Database.rows("INSERT INTO user_task_artifact (uuid, created, modified, status_uuid, name, file_name, media_type, "
                + column + ") VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, 'report.csv', 'text/csv', ?)",
                uuid.toString(), task.toString(), "Output-" + column, value);
        return uuid;
    }

    private static RequestSpecification superuser() {
        return Caller.with("JWT " + DevKeys.token(Map.of("preferred_username", "root", "superuser", true)));
    }

    private static List<String> uuids(String query) {
        return Caller.as("alice").get(TASKS + query).then().statusCode(200).extract().path("results.uuid");
    }
}
