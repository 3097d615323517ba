package org.openedx.aggregator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.support.Browser;
import org.openedx.aggregator.support.Chromium;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;

/** Needs Chromium, Debian's package; without it nothing here is tested. */
@QuarkusTest
@TestProfile(PageProfile.class)
class TaskPageBrowserTest {

    /** Where pictures of the pages are left, if anywhere: {@code -Dpages.shots=/tmp/shots}. */
    private static final String SHOTS = "pages.shots";
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String BROWN_FOX = "The quick brown fox jumps over the lazy dog, again and again, ".repeat(12);

    private static Chromium chromium;

    @Inject
    UserTasks tasks;

    private Rows rows;

    @BeforeAll
    static void a_browser_is_there() {
        assumeTrue(Chromium.program().isPresent(),
                "There is no Chromium on this machine: the pages are not tested in a browser");
        chromium = Chromium.start();
    }

    @AfterAll
    static void the_browser_goes() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        rows = new Rows(tasks);
        Rows.clear();
    }

    @ParameterizedTest
    @CsvSource({ "nothing", "/events/" })
    void a_task_is_watched_without_loading_the_page_again(String blocked) {
        // Given
        var task = rows.start("alice", "Completion report");
        try (var browser = signedIn("alice").blocking(blocked)) {
            // When, Then
            watch(browser, task);
        }
    }

    @Test
    void a_task_is_watched_by_its_events_alone() {
        // Given
        var task = rows.start("alice", "Completion report");
        var noPolling = """
                window.asked = 0;
                const load = window.fetch;
                window.fetch = (address, ...more) => String(address).includes('/api/')
                  ? (window.asked += 1, Promise.reject(new TypeError('No polling'))) : load(address, ...more);""";
        try (var browser = signedIn("alice").first(noPolling)) {
            // When
            watch(browser, task);

            // Then
            assertThat(browser.evaluate("window.asked")).isEqualTo(0);
        }
    }

    private static void watch(Browser browser, UUID task) {
        // Given
        browser.open(page(task));
        browser.evaluate("window.neverLoadedAgain = true");

        // When
        Rows.set(task, "In Progress", 3);
        browser.await("document.getElementById('bar').value === 30");
        browser.await("document.querySelector('.badge').textContent === 'In Progress'");
        var announced = browser.text("#announcement");
        Rows.set(task, "Exporting", 7);
        browser.await("document.getElementById('steps').textContent === '7 of 10'");
        Rows.artifact(task, "Output", "file", "user_tasks/2026/report.csv");
        Rows.set(task, "Succeeded", 10);
        browser.await("document.querySelector('.results a')?.textContent === 'Output'");

        // Then
        assertThat(announced).isEqualTo("Completion report: In Progress");
        assertThat(browser.text("#announcement")).isEqualTo("Completion report: Succeeded");
        assertThat(browser.text("#percent")).isEqualTo("100%");
        assertThat(browser.text(".badge")).isEqualTo("Succeeded");
        assertThat(browser.evaluate("document.title")).isEqualTo("Succeeded · Completion report");
        assertThat(browser.evaluate("document.getElementById('cancel') === null && window.neverLoadedAgain")).isEqualTo(true);
    }

    @Test
    void an_event_is_shown_without_asking_and_a_deletion_as_well() {
        // Given
        var task = rows.start("alice", "Completion report");
        var stream = """
                window.EventSource = class {
                  static CLOSED = 2;
                  constructor(url) { window.stream = this; this.url = url; this.readyState = 1; }
                  addEventListener(name, listener) { this[name] = listener; }
                  close() { this.readyState = 2; }
                };""";
        try (var browser = signedIn("alice").first(stream).open(page(task))) {

            // When
            browser.evaluate("stream.onmessage({data: '{\"state\": \"Pending\", \"state_text\": \"Pending\", \"attempts\": 1, "
                    + "\"percent\": 50, \"completed_steps\": 5, \"total_steps\": 10, \"artifacts\": []}'})");
            var bar = browser.evaluate("document.getElementById('bar').value");
            var steps = browser.text("#steps");
            Rows.clear();
            browser.evaluate("stream.deleted({data: '{}'})");
            browser.await("document.querySelector('h1')?.textContent === 'Page not found'");

            // Then
            assertThat(bar).isEqualTo(50);
            assertThat(steps).isEqualTo("5 of 10");
        }
    }

    @Test
    void the_parts_of_a_container_are_watched_too() {
        // Given
        var group = rows.group("alice", "Both", "One", "Other");
        var part = UUID.fromString(String.valueOf(
                Database.rows("SELECT uuid FROM user_task_status WHERE name = 'Other'").get(0).get("uuid")));
        try (var browser = signedIn("alice").open(page(group))) {

            // When
            Rows.set(part, "Succeeded", 10);
            Rows.set(group, "In Progress", 10);

            // Then
            browser.await(
                    "[...document.querySelectorAll('.row .badge')].map(b => b.textContent).join() === 'Pending,Succeeded'");
        }
    }

    @Test
    void a_task_is_cancelled_and_deleted_by_keyboard() {
        // Given
        var task = rows.start("alice", "Completion report");
        try (var browser = signedIn("alice").open(page(task))) {

            // When
            browser.tabTo("cancel");
            var outline = browser.evaluate("getComputedStyle(document.activeElement).outlineStyle");
            browser.press("Enter");
            browser.await(
                    "document.querySelector('.badge')?.textContent === 'Canceled' && document.getElementById('cancel') === null");
            var state = Database.rows("SELECT state FROM user_task_status").get(0).get("state");
            browser.tabTo("delete-label");
            browser.press("Enter");
            browser.tabTo("delete-now");
            browser.press("Enter");
            browser.await("document.querySelector('.notice')?.textContent === 'The task was deleted.'");

            // Then
            assertThat(outline).isEqualTo("solid");
            assertThat(state).isEqualTo("Canceled");
            assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isZero();
        }
    }

    @Test
    void a_task_is_watched_and_cancelled_without_scripts() {
        // Given
        var task = rows.start("alice", "Completion report");
        try (var browser = signedIn("alice").withoutScripts().open(page(task))) {

            // When
            Rows.set(task, "In Progress", 3);
            browser.await("document.getElementById('percent')?.textContent === '30%'");
            browser.tabTo("cancel");
            browser.press("Enter");

            // Then
            browser.await("document.querySelector('.badge')?.textContent === 'Canceled'");
        }
    }

    @Test
    void a_focus_is_not_lost_when_the_page_changes_below_it() {
        // Given
        var task = rows.start("alice", "Completion report");
        try (var browser = signedIn("alice").open(page(task))) {

            // When
            browser.tabTo("cancel");
            Rows.set(task, "In Progress", 1);
            browser.await("document.querySelector('.badge').textContent === 'In Progress'");
            var kept = browser.evaluate("document.activeElement.id");
            Rows.set(task, "Failed", 1);
            browser.await("document.getElementById('cancel') === null");

            // Then
            assertThat(kept).isEqualTo("cancel");
            assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("name");
        }
    }

    @ParameterizedTest
    @CsvSource({ "390, false, en", "390, true, ar", "1280, true, en", "1280, false, ar" })
    void everybody_can_read_every_page(int width, boolean dark, String language) throws IOException {
        try (var browser = signedIn("alice").size(width, dark).language(language)) {
            for (var page : pages().entrySet()) {
                // When
                browser.open(page.getValue());
                picture(browser, "%s-%d-%s-%s".formatted(page.getKey(), width, dark ? "dark" : "light", language));

                // Then
                assertThat(browser.evaluate("document.documentElement.scrollWidth")).as(page.getKey()).isEqualTo(width);
                assertThat(nameless(browser)).as(page.getKey()).isEmpty();
                assertThat(violations(browser)).as(page.getKey()).isEqualTo("[]");
            }
        }
    }

    private Map<String, String> pages() {
        var running = rows.start("alice", "Completion report of 3 courses, with all learners of the last term");
        Rows.set(running, "Exporting", 4);
        Rows.artifact(running, "Log", "text", "Line 1\nLine 2\n" + BROWN_FOX);
        var failed = rows.start("alice", "Re-aggregation of course-v1:Demo+" + "Long".repeat(30));
        Rows.artifact(failed, "Error", "text", "The course has no learners. Ask somebody of its staff whether it was meant.");
        Rows.set(failed, "Failed", 2);
        var done = rows.start("alice", "Completion report");
        Rows.artifact(done, "Output", "file", "user_tasks/2026/report.csv");
        Rows.artifact(done, "Course", "url", "https://lms.example.org/courses/1");
        Rows.artifact(done, "Summary", "text", "Learners: 1200\nCompleted: 310");
        Rows.set(done, "Succeeded", 10);
        Rows.set(rows.start("alice", "Retried"), "Retrying", 4);
        Rows.set(rows.start("alice", "Stopped"), "Canceled", 4);
        var group = rows.group("alice", "Re-aggregation of two courses", "Re-aggregation of course-v1:Demo+A+1",
                "Re-aggregation B");
        for (int i = 0; i < 6; i++) {
            rows.start("alice", "Waiting " + i);
        }
        return Map.of("running", page(running), "failed", page(failed), "done", page(done), "group", page(group),
                "list", host() + "/tasks", "none", host() + "/tasks?state=Failed&action=nothing", "missing",
                page(UUID.randomUUID()));
    }

    /** What can be used but has no name for those who cannot see it. */
    private static List<String> nameless(Browser browser) {
        var roles = Set.of("button", "link", "progressbar", "textbox", "combobox", "Date", "RootWebArea",
                "DisclosureTriangle", "region", "navigation", "search");
        return browser.accessibility().stream()
                .filter(node -> roles.contains(value(node, "role")))
                .filter(node -> value(node, "name").isBlank())
                .map(JsonObject::encode)
                .toList();
    }

    private static String value(JsonObject node, String member) {
        return node.getJsonObject(member, new JsonObject()).getString("value", "");
    }

    private static String violations(Browser browser) throws IOException {
        try (var script = TaskPageBrowserTest.class.getResourceAsStream(AXE)) {
            browser.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; true");
        }
        return String.valueOf(browser.evaluate("""
                axe.run().then(found => JSON.stringify(found.violations.map(
                  one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))))"""));
    }

    private static void picture(Browser browser, String name) {
        if (System.getProperty(SHOTS) != null) {
            browser.screenshot(Path.of(System.getProperty(SHOTS), name + ".png"));
        }
    }

    private static Browser signedIn(String username) {
        var visitor = Visitor.of(username);
        return chromium.window()
                .cookie(host(), "edx-jwt-cookie-header-payload", visitor.headerAndPayload())
                .cookie(host(), "edx-jwt-cookie-signature", visitor.signature());
    }

    private static String page(UUID task) {
        return host() + "/tasks/" + task;
    }

    private static String host() {
        return "http://localhost:" + RestAssured.port;
    }
}
