package org.openedx.aggregator.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;
import org.openedx.aggregator.task.Container;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.TaskRequest;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@TestProfile(TaskProfile.class)
class TaskSharingTest {

    private static final String TASKS = "/api/tasks/v0/tasks/";
    private static final String ARTIFACTS = "/api/tasks/v0/artifacts/";
    private static final String COURSE = "course-v1:ShareX+S101+2026";

    @Inject
    UserTasks tasks;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : List.of("user_task_status", "user_task_artifact", "user_task_permission")) {
            Database.rows("DELETE FROM " + table);
        }
    }

    @ParameterizedTest(name = "{0} lets somebody see {1}, collect {2}, cancel {3} and delete {4}")
    @CsvSource({
            "view,             200, 403, 403, 403",
            "artifacts,        200, 200, 403, 403",
            "cancel,           200, 403, 200, 403",
            "delete,           200, 403, 403, 204",
            "artifacts cancel, 200, 200, 200, 403",
            "nothing,          404, 404, 404, 404" })
    void a_permission_lets_somebody_do_so_much(String given, int view, int artifacts, int cancel, int delete) {
        // Given
        var task = start("alice");
        var artifact = artifact(task);
        if (!given.equals("nothing")) {
            share(task, "bob", given.split(" ")).then().statusCode(200);
        }

        // When, Then
        Caller.as("bob").get(TASKS + task + "/").then().statusCode(view);
        Caller.as("bob").get(ARTIFACTS + artifact + "/").then().statusCode(artifacts);
        Caller.as("bob").post(TASKS + task + "/cancel/").then().statusCode(cancel);
        Caller.as("bob").get(TASKS + task + "/permissions/").then().statusCode(view == 404 ? 404 : 403);
        Caller.as("bob").delete(TASKS + task + "/").then().statusCode(delete);
        Caller.as("carol").get(TASKS + task + "/").then().statusCode(404);
    }

    @Test
    void permissions_are_replaced_listed_and_taken_back() {
        // Given
        var task = start("alice");
        share(task, "bob", "view", "cancel");

        // When
        var replaced = share(task, "bob", "artifacts");
        var listed = Caller.as("alice").get(TASKS + task + "/permissions/");
        var removed = Caller.as("alice").delete(TASKS + task + "/permissions/bob/");

        // Then
        replaced.then().statusCode(200)
                .body("username", is("bob"))
                .body("permissions", equalTo(List.of("view", "artifacts")));
        listed.then().statusCode(200)
                .body("$", hasSize(1))
                .body("[0].username", is("bob"))
                .body("[0].permissions", equalTo(List.of("view", "artifacts")));
        removed.then().statusCode(204);
        Caller.as("bob").get(TASKS + task + "/").then().statusCode(404);
        Caller.as("alice").get(TASKS + task + "/permissions/").then().body("$", hasSize(0));
    }

    @Test
    void only_the_owner_and_superusers_share() {
        // Given
        var task = start("alice");
        share(task, "bob", "view", "artifacts", "cancel", "delete");

        // When, Then
        share(Caller.as("bob"), task, "carol", "view").then().statusCode(403);
        share(Caller.as("carol"), task, "carol", "view").then().statusCode(404);
        share(Caller.asStaff(), task, "carol", "view").then().statusCode(404);
        Caller.as("bob").delete(TASKS + task + "/permissions/bob/").then().statusCode(403);
        share(superuser(), task, "carol", "view").then().statusCode(200);
        share(Caller.as("alice"), UUID.randomUUID(), "carol", "view").then().statusCode(404);
        share(Caller.anonymous(), task, "carol", "view").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"permissions\": []}", "{\"permissions\": [\"rule\"]}", "{\"permissions\": [null]}", "{}",
            "{\"permissions\": \"view\"}", "" })
    void what_is_no_list_of_permissions_is_refused(String body) {
        var task = start("alice");
        Caller.as("alice").contentType("application/json").body(body).put(TASKS + task + "/permissions/bob/")
                .then().statusCode(400);
    }

    @Test
    void a_grant_names_a_person_or_a_course() {
        var task = start("alice");
        share(task, "x".repeat(151), "view").then().statusCode(400).body("detail", containsString("150"));
        share(task, "course/nonsense", "view").then().statusCode(404);
        share(task, "course", "view").then().statusCode(200).body("username", is("course"));
    }

    @Test
    void the_staff_of_a_course_have_what_it_was_given() {
        // Given
        var task = start("alice");
        staff("tutor", "ShareX", COURSE);
        staff("dean", "ShareX", "");
        staff("stranger", "ShareX", "course-v1:ShareX+S102+2026");

        // When
        var shared = share(task, "course/" + COURSE, "cancel");

        // Then
        shared.then().statusCode(200).body("course_key", is(COURSE)).body("permissions", equalTo(List.of("view", "cancel")));
        Caller.as("tutor").get(TASKS + task + "/").then().statusCode(200);
        Caller.as("tutor").delete(TASKS + task + "/").then().statusCode(403);
        Caller.as("dean").get(TASKS + task + "/").then().statusCode(200);
        Caller.asStaff().get(TASKS + task + "/").then().statusCode(200);
        Caller.as("stranger").get(TASKS + task + "/").then().statusCode(404);
        assertThat(shared("tutor")).containsExactly(task.toString());
        assertThat(shared("dean")).containsExactly(task.toString());
        assertThat(shared("staff", Caller.asStaff())).containsExactly(task.toString());
        assertThat(shared("stranger")).isEmpty();
        Caller.as("alice").delete(TASKS + task + "/permissions/course/" + COURSE + "/").then().statusCode(204);
        Caller.as("tutor").get(TASKS + task + "/").then().statusCode(404);
    }

    @Test
    void what_others_share_is_listed_apart() {
        // Given
        var task = start("alice");
        var own = start("bob");
        start("alice");
        share(task, "bob", "view");
        share(Caller.as("bob"), own, "bob", "view");

        // When, Then
        assertThat(shared("bob")).containsExactly(task.toString());
        assertThat(shared("alice")).isEmpty();
        Caller.as("bob").get(TASKS).then().body("results.uuid", equalTo(List.of(own.toString())));
        Caller.as("bob").get(TASKS + "?shared=true&state=Canceled").then().body("count", is(0));
        Caller.as("bob").get(TASKS + "?shared=perhaps").then().statusCode(400).body("detail", containsString("shared"));
    }

    @Test
    void a_container_is_shared_with_its_parts() {
        // Given
        var group = Result.of(tasks.start(new Requester(OptionalLong.empty(), "alice"), Container.GROUP, "All",
                List.of(quick(), quick()))).uuid();
        var part = Database.rows("SELECT uuid FROM user_task_status WHERE parent = ?", group.toString()).get(0).get("uuid");

        // When
        share(group, "bob", "view");

        // Then
        Caller.as("bob").get(TASKS + part + "/").then().statusCode(200);
        Caller.as("bob").post(TASKS + part + "/cancel/").then().statusCode(403);
        assertThat(shared("bob")).containsExactly(group.toString());
    }

    @Test
    void grants_go_with_their_task() {
        // Given
        var task = start("alice");
        share(task, "bob", "view");

        // When
        Caller.as("alice").delete(TASKS + task + "/");

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_permission")).isZero();
        assertThat(shared("bob")).isEmpty();
    }

    private UUID start(String username) {
        return Result.of(tasks.start(new Requester(OptionalLong.empty(), username), quick())).uuid();
    }

    private static TaskRequest quick() {
        return ScriptedTask.request(progress -> Uni.createFrom().voidItem());
    }

    private static Response share(UUID task, String with, String... permissions) {
        return share(Caller.as("alice"), task, with, permissions);
    }

    private static Response share(RequestSpecification caller, UUID task, String with, String... permissions) {
        var words = Arrays.stream(permissions).collect(Collectors.joining("\",\"", "\"", "\""));
        return caller.contentType("application/json")
                .body("{\"permissions\": [" + words + "]}")
                .put(TASKS + task + "/permissions/" + with + "/");
    }

    private static List<String> shared(String username) {
        return shared(username, Caller.as(username));
    }

    private static List<String> shared(String username, RequestSpecification caller) {
        var page = caller.get(TASKS + "?shared=true").then().statusCode(200).extract();
        List<String> uuids = page.path("results.uuid");
        assertThat(page.<Integer> path("count")).as(username).isEqualTo(uuids.size());
        return uuids;
    }

    private static void staff(String username, String org, String course) {
        long id = ThreadLocalRandom.current().nextLong(1_000_000_000_000L);
        Database.rows("DELETE FROM learner WHERE username = ?", username);
        Database.rows("INSERT INTO learner (id, username, named_at) VALUES (?, ?, 1)", id, username);
        Database.rows("INSERT INTO course_access_role (learner_id, org, course_key, role) VALUES (?, ?, ?, 'staff')", id, org,
                course);
    }

    private static UUID artifact(UUID task) {
        var uuid = UUID.randomUUID();
        Database.rows("INSERT INTO user_task_artifact (uuid, created, modified, status_uuid, name, text) "
                + "VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, 'Output', 'done')", uuid.toString(), task.toString());
        return uuid;
    }

    private static RequestSpecification superuser() {
        return Caller.with("JWT " + DevKeys.token(Map.of("preferred_username", "root", "superuser", true)));
    }
}
