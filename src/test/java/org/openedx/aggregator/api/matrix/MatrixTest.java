package org.openedx.aggregator.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/** Asks for everything as everybody. */
@QuarkusTest
@TestProfile(MatrixTest.Webhooks.class)
class MatrixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private static final long FIRST_ID = 7_900_001;

    private static SampleCourse course;

    @Inject
    UserTasks tasks;

    @TestHTTPResource
    URI server;

    /** With webhooks, which need a secret. */
    public static class Webhooks extends TaskProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(super.getConfigOverrides());
            settings.put("aggregator.notification.webhook.encryption-secrets", "x".repeat(32));
            settings.put("aggregator.notification.webhook.per-user", "1000");
            settings.put("aggregator.notification.every", "off");
            return settings;
        }
    }

    @BeforeEach
    void the_learner_is_in_a_course_of_the_tutors() {
        if (course != null) {
            return;
        }
        course = SampleCourse.unknown().publish();
        try (var lms = new Lms()) {
            lms.enroll(FIRST_ID, Person.LEARNER.username(), course.key);
            lms.awaitIngested();
        }
        staff(Person.TUTOR, FIRST_ID + 1, course.key);
        staff(Person.STRANGER, FIRST_ID + 2, "course-v1:Sample+Another+1");
    }

    private static void staff(Person person, long id, String courseKey) {
        Database.rows("DELETE FROM course_access_role WHERE learner_id = ?", id);
        Database.rows("DELETE FROM learner WHERE id = ? OR username = ?", id, person.username());
        Database.rows("INSERT INTO learner (id, username, named_at) VALUES (?, ?, 1)", id, person.username());
        Database.rows("INSERT INTO course_access_role (learner_id, org, course_key, role) VALUES (?, 'Sample', ?, 'staff')", id,
                courseKey);
    }

    static Stream<Matrix.Row> rows() {
        return Matrix.rows().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everybody_gets_what_is_theirs(Matrix.Row row) {
        // When
        var statuses = Stream.of(Person.values()).map(person -> status(row, person)).toList();

        // Then
        assertThat(named(statuses)).isEqualTo(named(row.statuses()));
    }

    private static Map<Person, Integer> named(List<Integer> statuses) {
        var named = new EnumMap<Person, Integer>(Person.class);
        for (var person : Person.values()) {
            named.put(person, statuses.get(person.ordinal()));
        }
        return named;
    }

    private int status(Matrix.Row row, Person person) {
        var request = HttpRequest.newBuilder(server.resolve(address(row)))
                .timeout(PATIENCE)
                .method(row.method(), body(row));
        if (!row.method().equals("GET")) {
            request.header("Content-Type", "application/json");
        }
        person.token().ifPresent(token -> request.header("Authorization", "JWT " + token));
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(row + " as " + person, e);
        }
    }

    private String address(Matrix.Row row) {
        var path = row.path()
                .replace("{learner}", Person.LEARNER.username())
                .replace("{course_key}", course.key)
                .replace("{block_key}", course.block("html", "c"))
                .replace("{key}", "user_tasks/2026/05/04/" + UUID.randomUUID() + "/report.csv")
                .replace("{username}", Person.OTHER.username())
                .replace("{nothing}", "nothing");
        if (path.startsWith("/api/tasks/v0/webhooks")) {
            var webhook = path.contains("{uuid}") ? webhook() : "";
            return path.replace("{uuid}", webhook).replace("{delivery}", path.contains("{delivery}") ? delivery(webhook) : "");
        }
        if (path.contains("{uuid}")) {
            var task = task();
            return path.replace("{uuid}", path.contains("/artifacts/") ? artifact(task) : task);
        }
        return path;
    }

    private static BodyPublisher body(Matrix.Row row) {
        return switch (row.method()) {
            case "POST", "PUT" -> BodyPublishers.ofString(json(row));
            default -> BodyPublishers.noBody();
        };
    }

    private static String json(Matrix.Row row) {
        var learner = "{\"username\": \"" + Person.LEARNER.username() + "\"}";
        var courses = "{\"course_keys\": [\"" + course.key + "\"]}";
        return switch (row.toString().replaceAll(".*/", "")) {
            case "{block_key}" -> "{\"completion\": 1.0}";
            case "reaggregate", "reports" -> courses;
            case "retry" -> row.path().contains("parked") ? courses : "";
            case "external" -> "[]";
            case "preferences" -> "{\"email\": true}";
            case "webhooks" -> "{\"url\": \"https://receiver.example.org/\"}";
            case "webhooks?all" -> "{\"url\": \"https://receiver.example.org/\", \"scope\": \"all\"}";
            case "{course_key}" -> row.path().contains("permissions") ? "{\"permissions\": [\"view\"]}"
                    : row.path().contains("structure") ? course.structure() : learner;
            case "{username}" -> "{\"permissions\": [\"view\"]}";
            default -> "";
        };
    }

    private String task() {
        var request = ScriptedTask.request(progress -> Uni.createFrom().voidItem());
        return Result.of(tasks.start(new Requester(OptionalLong.empty(), Person.LEARNER.username()), request)).uuid()
                .toString();
    }

    private static String artifact(String task) {
        var uuid = UUID.randomUUID().toString();
        Database.rows("INSERT INTO user_task_artifact (uuid, created, modified, status_uuid, name, text) "
                + "VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, 'Output', 'done')", uuid, task);
        return uuid;
    }

    private static String webhook() {
        var uuid = UUID.randomUUID().toString();
        Database.rows("INSERT INTO notification_webhook (uuid, owner, everybody, url, secret, states, actions, created) "
                + "VALUES (?, ?, FALSE, 'https://receiver.example.org/', '', '[]', '[]', UTC_TIMESTAMP(6))", uuid,
                Person.LEARNER.username());
        return uuid;
    }

    private static String delivery(String webhook) {
        var uuid = UUID.randomUUID().toString();
        Database.rows("INSERT INTO notification_delivery (uuid, channel, target, lane, task, payload, phase, due_at, created) "
                + "VALUES (?, 'webhook', ?, 'x', ?, '{}', 4, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))", uuid, webhook,
                UUID.randomUUID().toString());
        return uuid;
    }
}
