package org.openedx.aggregator.api.task;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.TaskProfile;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@TestProfile(TaskProfile.class)
class ExternalApiTest {

    private static final String EXTERNAL = "/api/tasks/v0/external/";
    private static final String CREATED = """
            {"type": "created", "task_id": "celery-1", "sequence": 1, "user": {"id": 7, "username": "alice"},
             "action": "course.export", "name": "Export of DemoX", "total_steps": 2}""";
    private static final String STARTED = "{\"type\": \"started\", \"task_id\": \"celery-1\", \"sequence\": 2}";

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : List.of("user_task_status", "user_task_artifact", "user_task_command", "user_task_removed")) {
            Database.rows("DELETE FROM " + table);
        }
    }

    @Test
    void a_worker_tells_and_the_person_watches() {
        // When
        var told = tell(worker("studio"),
                "[" + CREATED + "," + STARTED + "," + STARTED + ", 7, {\"type\": \"started\"}, null]");

        // Then
        told.then().statusCode(200)
                .body("results.outcome", equalTo(List.of("applied", "applied", "repeated", "invalid", "invalid", "invalid")))
                .body("results[0].task_id", is("celery-1"))
                .body("results[0].sequence", is(1))
                .body("results[4].detail", containsString("sequence"));
        String url = told.path("results[0].url");
        Caller.as("alice").get(url).then()
                .statusCode(200)
                .body("uuid", is(told.<String> path("results[0].task")))
                .body("name", is("Export of DemoX"))
                .body("state", is("In Progress"));
        Caller.as("bob").get(url).then().statusCode(404);
    }

    @Test
    void one_event_needs_no_list() {
        tell(worker("studio"), CREATED).then().statusCode(200)
                .body("results.outcome", equalTo(List.of("applied")))
                .body("results[0].url", endsWith("/"));
        tell(worker("studio"), STARTED.replace("celery-1", "celery-2")).then().statusCode(200)
                .body("results[0].outcome", is("unknown"))
                .body("results[0].detail", is("There is no such task."));
    }

    @Test
    void only_service_accounts_and_superusers_tell() {
        tell(Caller.as("alice"), CREATED).then().statusCode(403);
        tell(Caller.asStaff(), CREATED).then().statusCode(403);
        tell(Caller.anonymous(), CREATED).then().statusCode(401);
        tell(superuser(), CREATED).then().statusCode(200);
    }

    @Test
    void a_worker_drives_its_own_tasks_only() {
        // Given
        tell(worker("studio"), CREATED);

        // When, Then
        tell(worker("stranger"), STARTED).then().body("results[0].outcome", is("unknown"));
        tell(worker("stranger"), as("studio", STARTED)).then()
                .body("results[0].outcome", is("forbidden"))
                .body("results[0].task", nullValue());
        tell(superuser(), as("studio", STARTED)).then().body("results[0].outcome", is("applied"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "7", "nonsense", "[{]" })
    void what_is_no_list_of_events_is_refused(String body) {
        tell(worker("studio"), body).then().statusCode(400);
    }

    @Test
    void too_many_events_are_refused() {
        var events = Collections.nCopies(1001, "{}").toString();
        tell(worker("studio"), events).then().statusCode(400).body("detail", containsString("1000"));
    }

    private static String as(String worker, String event) {
        return event.replace("{\"type\"", "{\"worker\": \"" + worker + "\", \"type\"");
    }

    private static Response tell(RequestSpecification caller, String body) {
        return caller.contentType("application/json").body(body).post(EXTERNAL);
    }

    private static RequestSpecification worker(String name) {
        return Caller.with("JWT " + DevKeys.token(Map.of("preferred_username", name, "grant_type", "client-credentials")));
    }

    private static RequestSpecification superuser() {
        return Caller.with("JWT " + DevKeys.token(Map.of("preferred_username", "root", "superuser", true)));
    }
}
