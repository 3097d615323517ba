package org.openedx.aggregator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

@QuarkusTest
@TestProfile(PageProfile.class)
class TaskPageTest {

    private static final String HOSTILE = "<script>alert(1)</script>\u202Etxt.exe\u2069\" onfocus='x' {frame.reader}";

    @Inject
    UserTasks tasks;

    private Rows rows;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        rows = new Rows(tasks);
        Rows.clear();
    }

    @Test
    void a_page_tells_all_of_a_task() {
        // Given
        var task = rows.start("alice", "Completion report");
        Rows.set(task, "In Progress", 3);
        Rows.artifact(task, "Output", "file", "user_tasks/2026/report.csv");
        Rows.artifact(task, "Course", "url", "https://lms.example.org/courses/1");
        Rows.artifact(task, "Summary", "text", "100 learners & more");

        // When
        var page = Visitor.of("alice").asks().get("/tasks/" + task);

        // Then
        page.then().statusCode(200).contentType("text/html;charset=UTF-8").header("Content-Language", "en");
        assertThat(page.asString()).contains(
                "<title>In Progress · Completion report</title>",
                "<h1 id=\"name\" tabindex=\"-1\"><bdi>Completion report</bdi></h1>",
                "value=\"30\" max=\"100\">30%</progress>",
                "3 of 10",
                "href=\"/files/user_tasks/2026/report.csv?name=report.csv\" download><bdi>Output</bdi>",
                "href=\"https://lms.example.org/courses/1\" rel=\"noopener noreferrer nofollow\"><bdi>Course</bdi>",
                "100 learners &amp; more</pre>",
                "action=\"/tasks/" + task + "/cancel\"",
                "action=\"/tasks/" + task + "/delete\"",
                "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>",
                "<time datetime=\"20");
    }

    @Test
    void a_finished_task_is_neither_cancelled_nor_loaded_again_and_says_what_went_wrong() {
        // Given
        var task = rows.start("alice", "Report");
        Rows.artifact(task, "Error", "text", "The course has no learners.");
        Rows.set(task, "Failed", 3);

        // When
        var page = Visitor.of("alice").asks().get("/tasks/" + task).asString();

        // Then
        assertThat(page).contains("What went wrong", "The course has no learners.", "badge failed")
                .doesNotContain("http-equiv=\"refresh\"", "/cancel");
    }

    @Test
    void a_container_has_links_to_its_parts() {
        // Given
        var group = rows.group("alice", "Both", "One part", "Other part");
        var part = Database.rows("SELECT uuid FROM user_task_status WHERE name = 'One part'").get(0).get("uuid");

        // When
        var page = Visitor.of("alice").asks().get("/tasks/" + group).asString();

        // Then
        assertThat(page).contains("Parts", "href=\"/tasks/" + part + "\"><bdi>One part</bdi>", "Other part");
    }

    @ParameterizedTest
    @CsvSource({ "es-MX, es, ltr, Pendiente, Cancelar tarea, 30 %",
            "'fr-CA,en;q=0.5', fr, ltr, En attente, Annuler la tâche, 30 %",
            "ar, ar, rtl, قيد الانتظار, إلغاء المهمة, 30%", "de, en, ltr, Pending, Cancel task, 30%" })
    void a_page_is_in_the_readers_language(String wanted, String language, String direction, String state, String cancel,
            String percent) {
        // Given
        var task = rows.start("alice", "Report");
        Database.rows("UPDATE user_task_status SET completed_steps = 3");

        // When
        var page = Visitor.of("alice").asks().header("Accept-Language", wanted).get("/tasks/" + task);

        // Then
        page.then().statusCode(200).header("Content-Language", language);
        assertThat(page.asString().replace('\u00a0', ' '))
                .contains("<html lang=\"" + language + "\" dir=\"" + direction + "\">", state, cancel, percent + "</progress>");
    }

    @Test
    void what_others_wrote_stays_text() {
        // Given
        var task = rows.start("alice", HOSTILE);
        Rows.artifact(task, HOSTILE, "text", HOSTILE);
        Rows.artifact(task, "click", "url", "javascript:alert(1)");
        Database.rows("UPDATE user_task_status SET state = ?, phase = 2", HOSTILE);

        // When
        var page = Visitor.of("alice").asks().get("/tasks/" + task).asString();
        var list = Visitor.of("alice").asks().get("/tasks").asString();
        var filtered = Visitor.of("alice").asks().queryParam("action", HOSTILE).get("/tasks").asString();

        // Then
        // The state as it is, for the script to compare, is in an attribute that nobody sees.
        var seen = page.replaceFirst("data-state=\"[^\"]*\"", "");
        for (var html : new String[] { seen, list, filtered }) {
            assertThat(html).doesNotContain("<script>alert", "\u202E", "\u2069", "\" onfocus", "href=\"javascript")
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "{frame.reader}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/tasks", "/tasks/nonsense", "/tasks/a/b/c" })
    void pages_are_private_and_run_nothing_foreign(String path) {
        Visitor.of("alice").asks().get(path).then()
                .header("Content-Security-Policy", allOf(startsWith("default-src 'none'; "),
                        containsString("form-action 'self'"), containsString("frame-ancestors 'none'"),
                        not(containsString("unsafe"))))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "private, no-store");
    }

    @Test
    void the_style_sheet_and_the_script_are_kept_until_they_change() {
        // Given
        var page = Visitor.of("alice").asks().get("/tasks").asString();
        var style = page.replaceFirst("(?s).*href=\"(/tasks-assets/[^\"]+)\".*", "$1");
        var script = page.replaceFirst("(?s).*src=\"(/tasks-assets/[^\"]+)\".*", "$1");

        // When, Then
        assertThat(style).matches("/tasks-assets/tasks\\.css\\?v=[0-9a-f]{16}");
        assertThat(script).matches("/tasks-assets/tasks\\.js\\?v=[0-9a-f]{16}");
        Visitor.anybody().get(style).then().statusCode(200).contentType(startsWith("text/css"))
                .header("X-Content-Type-Options", "nosniff").header("Cache-Control", containsString("max-age=86400"));
        Visitor.anybody().get(script).then().statusCode(200).contentType(containsString("javascript"));
    }

    @Test
    void nobody_is_asked_to_sign_in_and_comes_back() {
        // Given
        var path = "/tasks/" + UUID.randomUUID();

        // When
        var page = Visitor.anybody().header("Accept-Language", "fr").get(path + "?a=b");
        var form = Visitor.anybody().formParam("csrfmiddlewaretoken", "x").post(path + "/cancel");

        // Then
        page.then().statusCode(401).contentType(startsWith("text/html")).header("WWW-Authenticate", "JWT realm=\"api\"");
        assertThat(page.asString()).contains("Veuillez vous connecter",
                "href=\"https://lms.example.org/login?next=http%3A%2F%2F",
                "%2Ftasks%2F", "%3Fa%3Db\"");
        form.then().statusCode(401).contentType(startsWith("text/html"));
        assertThat(form.asString()).doesNotContain("%2Fcancel");
    }

    @Test
    void there_is_a_page_for_what_is_not_there() {
        // Given
        var task = rows.start("alice", "Report");

        // When, Then
        for (var path : new String[] { "/tasks/" + task, "/tasks/" + UUID.randomUUID(), "/tasks/nonsense", "/tasks/a/b/c",
                "/tasks?page=9" }) {
            Visitor.of("bob").asks().get(path).then()
                    .statusCode(404).contentType(startsWith("text/html")).body(containsString("Page not found"));
        }
        Visitor.of("bob").asks().get("/tasks?created_after=soon").then()
                .statusCode(400).contentType(startsWith("text/html")).body(containsString("This filter was not understood"));
    }

    @Test
    void the_list_has_own_tasks_by_page_and_filter() {
        // Given
        for (int i = 1; i <= 12; i++) {
            rows.start("alice", "Report " + i + ".");
        }
        rows.start("bob", "Bob's report");
        Rows.set(rows.start("alice", "Failing"), "Failed", 1);

        // When
        var first = Visitor.of("alice").asks().get("/tasks").asString();
        var second = Visitor.of("alice").asks().get("/tasks?page=2").asString();
        var failed = Visitor.of("alice").asks().get("/tasks?state=Failed&action=&created_after=2026-01-01").asString();
        var none = Visitor.of("alice").asks().get("/tasks?state=Canceled").asString();
        var nobodys = Visitor.of("carol").asks().get("/tasks").asString();
        var all = Visitor.of(Map.of("preferred_username", "root", "superuser", true)).asks().get("/tasks").asString();

        // Then
        assertThat(first).contains("Your tasks", "Found: 13", "Report 12.", "href=\"/tasks?page=2\"", "Page 1 of 2")
                .doesNotContain("Bob", "Report 1.");
        assertThat(second).contains("Report 1.", "href=\"/tasks\">Previous", "Page 2 of 2");
        assertThat(failed).contains("Failing", "Found: 1<", "<option value=\"Failed\" selected>", "value=\"2026-01-01\"")
                .doesNotContain("Report 12.");
        assertThat(none).contains("No task matches these filters.", "Clear filters");
        assertThat(nobodys).contains("No tasks yet");
        assertThat(all).contains("Everybody’s tasks", "Found: 14", "<bdi>bob</bdi>");
    }

    @Test
    void a_shared_task_shows_what_its_reader_may_see_and_do() {
        // Given
        var task = rows.start("alice", "Report");
        Rows.artifact(task, "Summary", "text", "All is well");
        Caller.as("alice").contentType("application/json").body("{\"permissions\": [\"view\"]}")
                .put("/api/tasks/v0/tasks/" + task + "/permissions/bob/").then().statusCode(200);
        Caller.as("alice").contentType("application/json").body("{\"permissions\": [\"artifacts\", \"cancel\"]}")
                .put("/api/tasks/v0/tasks/" + task + "/permissions/carol/").then().statusCode(200);

        // When
        var bobs = Visitor.of("bob").asks().get("/tasks/" + task).asString();
        var carols = Visitor.of("carol").asks().get("/tasks/" + task).asString();
        var list = Visitor.of("bob").asks().get("/tasks?shared=true").asString();
        var deleted = Visitor.of("carol").sends(own(), Visitor.CSRF).post("/tasks/" + task + "/delete");

        // Then
        assertThat(bobs).contains("The results are not shared with you.", "Started by", "<bdi>alice</bdi>")
                .doesNotContain("All is well", "/cancel", "/delete");
        assertThat(carols).contains("All is well", "/cancel").doesNotContain("/delete");
        assertThat(list).contains("Tasks shared with you", "Report", "<bdi>alice</bdi>", "Found: 1<");
        deleted.then().statusCode(403).contentType(startsWith("text/html")).body(containsString("Not allowed"));
    }

    @Test
    void forms_cancel_and_delete() {
        // Given
        var task = rows.start("alice", "Report");
        var page = Visitor.of("alice").asks().get("/tasks/" + task);
        var token = page.cookie("csrftoken");

        // When
        var cancelled = Visitor.of("alice").asks().cookie("csrftoken", token).header("Origin", own())
                .formParam("csrfmiddlewaretoken", token).post("/tasks/" + task + "/cancel");
        var state = Database.rows("SELECT state FROM user_task_status").get(0).get("state");
        var deleted = Visitor.of("alice").sends(own(), Visitor.CSRF).post("/tasks/" + task + "/delete");

        // Then
        assertThat(page.asString()).contains("name=\"csrfmiddlewaretoken\" value=\"" + token + "\"");
        cancelled.then().statusCode(303).header("Location", "/tasks/" + task);
        assertThat(state).isEqualTo("Canceled");
        deleted.then().statusCode(303).header("Location", "/tasks?deleted");
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isZero();
        Visitor.of("alice").asks().get("/tasks?deleted").then().body(containsString("The task was deleted."));
    }

    @Test
    void forged_forms_change_nothing() {
        // Given
        var task = rows.start("alice", "Report");
        var alice = Visitor.of("alice");
        var cancel = "/tasks/" + task + "/cancel";

        // When, Then
        alice.sends("https://evil.example.org", Visitor.CSRF).post(cancel).then().statusCode(403);
        alice.sends("null", Visitor.CSRF).post(cancel).then().statusCode(403);
        alice.sends(own(), Visitor.CSRF.replace('a', 'b')).post(cancel).then()
                .statusCode(403).contentType(startsWith("text/html")).body(containsString("This was refused"));
        alice.sends(own(), "").post(cancel).then().statusCode(403);
        alice.asks().header("Origin", own()).cookie("csrftoken", Visitor.CSRF).post(cancel).then().statusCode(403);
        alice.asks().header("Origin", own()).formParam("csrfmiddlewaretoken", Visitor.CSRF).post(cancel).then().statusCode(403);
        alice.sends("https://evil.example.org", Visitor.CSRF).post("/tasks/" + task + "/delete").then().statusCode(403);
        alice.asks().get(cancel).then().statusCode(not(is(303)));
        Visitor.of("bob").sends(own(), Visitor.CSRF).post(cancel).then().statusCode(404);
        assertThat(Database.rows("SELECT state FROM user_task_status").get(0)).containsEntry("state", "Pending");
    }

    @Test
    void a_form_that_is_too_long_is_not_read() {
        Visitor.of("alice").sends(own(), "x".repeat(200_000)).post("/tasks/" + UUID.randomUUID() + "/cancel").then()
                .statusCode(413);
    }

    private static String own() {
        return "http://localhost:" + RestAssured.port;
    }
}
