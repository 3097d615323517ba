package org.openedx.aggregator.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openedx.aggregator.dev.LmsMariaDb;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Capture;
import org.openedx.aggregator.support.Capture.Captured;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.Sql;

import io.quarkus.test.junit.QuarkusTest;

/** A real Debezium, with the settings of deployment/debezium, over a real database with the tables of the LMS. */
@QuarkusTest
class CapturedLmsTest {

    private static final String COURSE = "course-v1:Captured+Site+2026";
    private static final String BLOCK = "block-v1:Captured+Site+2026+type@";
    private static final String PATH = "/completion-aggregator/v1/course/" + COURSE + "/";
    private static final int PARTITION = 1_818;
    private static final Pattern SECRET = Pattern.compile("password|pbkdf2|email|@example|Onymous|session");

    /** As the README of deployment/debezium has it. */
    private static final Map<String, String> FLAT = Map.of(
            "transforms", "unwrap",
            "transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState",
            "transforms.unwrap.add.fields", "op,source.ts_ms",
            "transforms.unwrap.delete.tombstone.handling.mode", "rewrite");

    @TempDir
    Path directory;

    private Lms lms;
    private LmsMariaDb database;
    private Sql site;
    private Path offsets;

    @BeforeEach
    void anExistingSite() throws IOException {
        lms = new Lms();
        offsets = directory.resolve("offsets");
        database = new LmsMariaDb();
        site = database.sql();
        for (var statement : script("/lms-tables.sql")) {
            site.rows(statement);
        }
        publish();
    }

    @AfterEach
    void close() {
        database.close();
        lms.close();
    }

    @Test
    @Timeout(90)
    void an_existing_site_is_loaded_and_then_followed_across_restarts() throws IOException {
        // When: Debezium meets the site
        var snapshot = capture(offsets, 16);

        // Then: of three blocks for all Ann has one and a half; Bob's cohort and Cid's role let them see a fourth
        assertThat(snapshot).hasSize(16).allMatch(record -> record.value().contains("\"op\":\"r\""));
        assertShows("captured.ann", 1.5, 3);
        assertShows("captured.bob", 1.0, 4);
        assertShows("captured.cid", 0.0, 4);
        assertShows("captured.dan", 0.0, 3);

        // When: it goes on from there
        var afterSnapshot = Files.copy(offsets, directory.resolve("after-snapshot"));
        var followed = capture(offsets, Map.of(), this::aDayInTheLms, 9);

        // Then
        assertThat(followed).hasSize(9);
        assertShows("captured.ann", 2.0, 4);
        assertShows("captured.bob", 0.0, 3);
        assertShows("captured.cid", 0.0, 3);
        Api.asStaff().get(PATH + "?username=captured.dan").then().statusCode(404);

        // When: the LMS changes while nobody captures
        complete(805, "r", 1.0);
        site.rows("UPDATE student_courseenrollment SET is_active = 1 WHERE id = 4");
        var resumed = capture(offsets, 2);

        // Then
        assertThat(resumed).hasSize(2);
        assertShows("captured.ann", 3.0, 4);
        assertShows("captured.dan", 0.0, 3);

        // When: Debezium crashes before it has written how far it was, and sends all of that again
        var again = capture(afterSnapshot, 11);

        // Then
        assertThat(again).extracting(Captured::key)
                .containsExactlyElementsOf(Stream.of(followed, resumed).flatMap(List::stream).map(Captured::key).toList());
        assertShows("captured.ann", 3.0, 4);
        assertShows("captured.dan", 0.0, 3);

        // When: it sends flat rows from now on
        var flat = capture(offsets, FLAT, this::oneCompletionForAnother, 2);

        // Then
        assertThat(flat).hasSize(2).noneMatch(record -> record.value().contains("\"after\""));
        assertShows("captured.ann", 2.5, 4);
        assertThat(Stream.of(snapshot, followed, resumed, again, flat).flatMap(List::stream))
                .noneMatch(record -> SECRET.matcher(record.toString()).find());
    }

    private List<Captured> capture(Path offsets, int records) {
        return capture(offsets, Map.of(), () -> {
        }, records);
    }

    /** Runs Debezium until so many records are taken in. */
    private List<Captured> capture(Path offsets, Map<String, String> more, Runnable changes, int records) {
        var capture = new Capture(database, lms, offsets, more);
        try (capture) {
            changes.run();
            capture.await(records);
        }
        return capture.sent();
    }

    private void aDayInTheLms() {
        complete(804, "c", 1.0);
        site.rows("UPDATE completion_blockcompletion SET completion = 1, modified = UTC_TIMESTAMP(6) WHERE id = 802");
        site.rows("DELETE FROM completion_blockcompletion WHERE id = 801");
        // Nothing of it is captured, so it tells nothing.
        site.rows("UPDATE auth_user SET last_login = UTC_TIMESTAMP(6), password = 'pbkdf2_sha256$another'");
        site.rows("UPDATE auth_user SET is_staff = 1 WHERE id = 9810001");
        site.rows("UPDATE course_groups_cohortmembership SET course_user_group_id = 9810102 WHERE id = 1");
        site.rows("DELETE FROM student_courseaccessrole WHERE id = 1");
        site.rows("UPDATE student_courseenrollment SET is_active = 0 WHERE id = 4");
    }

    private void oneCompletionForAnother() {
        site.rows("DELETE FROM completion_blockcompletion WHERE id = 804");
        complete(806, "a", 0.5);
    }

    private void complete(long id, String block, double completion) {
        site.rows("INSERT INTO completion_blockcompletion VALUES"
                + " (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, 'html', ?, 9810001)",
                id, COURSE, BLOCK + "html+block@" + block, completion);
    }

    private static void assertShows(String learner, double earned, double possible) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                Api.as(learner).get(PATH + "?username=" + learner).then().statusCode(200).extract().jsonPath()
                        .<String, Float> getMap("results[0].completion"))
                .containsEntry("earned", (float) earned).containsEntry("possible", (float) possible));
    }

    private static List<String> script(String name) throws IOException {
        try (var file = CapturedLmsTest.class.getResourceAsStream(name)) {
            return List.of(new String(file.readAllBytes(), UTF_8).strip().split(";\\s*"));
        }
    }

    private static void publish() {
        Api.asStaff().contentType("application/json").body("""
                {"root": "%1$scourse+block@course", "blocks": {
                  "%1$scourse+block@course": {"type": "course", "children": ["%1$schapter+block@all", "%1$schapter+block@red"]},
                  "%1$schapter+block@all": {"type": "chapter", "children":
                    ["%1$shtml+block@a", "%1$shtml+block@b", "%1$shtml+block@c"]},
                  "%1$schapter+block@red": {"type": "chapter", "children": ["%1$shtml+block@r"], "group_access": {"%2$d": [1]}},
                  "%1$shtml+block@a": {"type": "html"}, "%1$shtml+block@b": {"type": "html"},
                  "%1$shtml+block@c": {"type": "html"}, "%1$shtml+block@r": {"type": "html"}}}"""
                .formatted(BLOCK, PARTITION))
                .put("/completion-aggregator/v1/structure/" + COURSE + "/").then().statusCode(200);
    }
}
