package org.openedx.aggregator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.openedx.aggregator.dev.Loopback;
import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.support.EventStream;
import org.openedx.aggregator.support.ServiceProcess;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Ends the replica that makes a report; another one makes it, and whoever waits for it hears of one report only. */
@DisabledIfSystemProperty(named = "native", matches = ".*", disabledReason = "A native build makes no jars")
class ReportCrashIT {

    private static final List<Long> LEARNERS = LongStream.rangeClosed(1, 1500).boxed().toList();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TASKS_URL = "https://tasks.example.org";

    private final Path directory = Path.of("target", "crash", "reports" + ProcessHandle.current().pid()).toAbsolutePath();

    @Test
    void a_report_survives_the_replica_that_makes_it() throws Exception {
        var mails = new GreenMail(new ServerSetup(Loopback.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        try (var world = new World("report")) {
            // Given
            var course = world.courses().get(0);
            try (var one = start(world, "one", mails); var other = start(world, "other", mails)) {
                fill(world, one, course);
                var task = Staff.at(other).post("/completion-aggregator/v1/reports/", request(course));
                var uuid = task.getString("uuid");
                await(() -> rows(one) + rows(other) > 0);
                var maker = rows(one) > 0 ? one : other;
                var survivor = maker == one ? other : one;
                try (var stream = EventStream.open(survivor.at("/api/tasks/v0/tasks/" + uuid + "/events/"), Staff.NAME)) {
                    await(() -> steps(world, uuid) > LEARNERS.size() / 5);

                    // When
                    maker.kill();
                    long made = steps(world, uuid);
                    var left = files();

                    // Then
                    assertThat(made).as("learners in the report when its replica died").isLessThan(LEARNERS.size());
                    assertThat(left).as("what the dead replica left").hasSize(1);
                    assertWatched(stream);
                    assertReport(world, Staff.at(survivor), uuid, course);
                    assertSwept(world, left.get(0));
                    assertMail(mails, uuid, course);
                }
            }
        } finally {
            mails.stop();
        }
    }

    private ServiceProcess start(World world, String replica, GreenMail mails) {
        var settings = new HashMap<>(Map.of(
                "mp.messaging.incoming.events.group.instance.id", world.name() + replica,
                "aggregator.aggregation.batch-size", "200",
                "aggregator.report.page-size", "1",
                "aggregator.task.lease", "3s",
                "aggregator.task.progress-every", "300ms",
                "aggregator.task.retry-after", "2s",
                "aggregator.task.purge-every", "1s",
                "aggregator.artifact.directory", directory.toString(),
                "aggregator.artifact.sweep-every", "1s"));
        settings.putAll(Map.of(
                "aggregator.notification.base-url", TASKS_URL,
                "aggregator.notification.mail.enabled", "true",
                "aggregator.notification.mail.from", "Example University <no-reply@example.org>",
                "aggregator.notification.mail.opt-out-secrets", "0123456789012345678901234567890123456789",
                "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", String.valueOf(mails.getSmtp().getPort()),
                "quarkus.mailer.start-tls", "DISABLED"));
        return world.start(settings).awaitLive();
    }

    private static void fill(World world, ServiceProcess service, Course course) {
        world.enroll(LEARNERS, course);
        assertThat(service.put("/completion-aggregator/v1/structure/" + course.key() + "/", course.json())).isEqualTo(200);
        world.complete(course);
        await(() -> world.lag() == 0 && world.marks() == 0 && world.results() == LEARNERS.size());
    }

    private static JsonObject request(Course course) {
        return new JsonObject().put("course_keys", new JsonArray().add(course.key()))
                .put("requested_fields", new JsonArray().add("chapter"))
                .put("columns", new JsonArray(List.of("username", "earned", "possible", "percent", "block_earned",
                        "block_possible", "block_percent")))
                .put("format", "jsonl");
    }

    private static long steps(World world, String task) {
        return world.sql().number("SELECT completed_steps FROM user_task_status WHERE uuid = ?", task);
    }

    /** How many rows of reports a replica has written. */
    private static double rows(ServiceProcess service) {
        return Staff.at(service).text("/q/metrics").lines()
                .filter(line -> line.startsWith("completion_report_rows_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void assertWatched(EventStream stream) {
        var states = new ArrayList<String>();
        long last = 0;
        var event = stream.nextEvent();
        while (event.containsKey("data")) {
            var state = new JsonObject(event.get("data")).getString("state");
            if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
                states.add(state);
            }
            assertThat(Long.parseLong(event.get("id"))).isGreaterThan(last);
            last = Long.parseLong(event.get("id"));
            event = stream.nextEvent();
        }
        // Looked for once a second: the second attempt may be over before it is seen.
        assertThat(states).startsWith("In Progress", "Retrying").endsWith("Succeeded");
        assertThat(states).isSubsetOf("In Progress", "Retrying", "Succeeded");
        assertThat(event).containsEntry("end", "clean");
    }

    private static void assertReport(World world, Staff staff, String uuid, Course course) {
        var task = staff.json("/api/tasks/v0/tasks/" + uuid + "/");
        assertThat(task.getInteger("attempts")).isEqualTo(2);
        assertThat(task.getInteger("completed_steps")).isEqualTo(LEARNERS.size());
        assertThat(task.getInteger("total_steps")).isEqualTo(LEARNERS.size());
        var artifacts = staff.json("/api/tasks/v0/artifacts/").getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(artifacts).extracting(artifact -> artifact.getString("name")).containsExactlyInAnyOrder("Output", "Summary");
        var output = artifacts.stream().filter(artifact -> artifact.getString("name").equals("Output")).findFirst();
        var reported = new TreeMap<String, JsonObject>();
        var lines = staff.text(output.orElseThrow().getString("file")).lines().map(JsonObject::new).toList();
        lines.forEach(line -> reported.put(line.getString("username"), line));
        assertThat(lines).hasSize(LEARNERS.size());
        assertThat(reported).isEqualTo(answered(staff, course));
        assertThat(world.sql().number("SELECT COUNT(*) FROM user_task_artifact WHERE name = 'Output'")).isEqualTo(1);
    }

    /** What the API says, in the form of the report. */
    private static Map<String, JsonObject> answered(Staff staff, Course course) {
        var answered = new TreeMap<String, JsonObject>();
        for (int page = 1; (page - 1) * 1000 < LEARNERS.size(); page++) {
            staff.json("/completion-aggregator/v1/course/" + course.key() + "/?requested_fields=chapter&page_size=1000&page="
                    + page).getJsonArray("results").stream()
                    .map(JsonObject.class::cast)
                    .forEach(learner -> answered.put(learner.getString("username"), line(learner)));
        }
        return answered;
    }

    private static JsonObject line(JsonObject learner) {
        var blocks = new JsonArray();
        learner.getJsonArray("chapter").stream().map(JsonObject.class::cast).forEach(block -> blocks.add(
                numbers(block).put("block_key", block.getString("block_key"))));
        return numbers(learner).put("username", learner.getString("username")).put("chapter", blocks);
    }

    private static JsonObject numbers(JsonObject answer) {
        var completion = answer.getJsonObject("completion");
        return new JsonObject().put("earned", completion.getDouble("earned"))
                .put("possible", completion.getDouble("possible")).put("percent", completion.getDouble("percent"));
    }

    private void assertSwept(World world, Path left) throws IOException {
        // The key of the first attempt, which never became a file.
        assertThat(world.sql().rows("SELECT file FROM user_task_file_deletion")).hasSize(1);
        assertThat(files()).hasSize(2);
        world.sql().rows("UPDATE user_task_file_deletion SET due_at = UTC_TIMESTAMP(6)");
        // The dead replica may have been the one that purges, for some minutes more.
        world.sql().rows("DELETE FROM lease");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(1))));

        await(() -> files().size() == 1);
        await(() -> world.sql().rows("SELECT file FROM user_task_file_deletion").isEmpty());
        assertThat(files()).singleElement().asString().endsWith(
                (String) world.sql().rows("SELECT file FROM user_task_artifact WHERE file IS NOT NULL").get(0).get("file"));
    }

    private static void assertMail(GreenMail mails, String task, Course course) throws MessagingException, IOException {
        await(() -> mails.getReceivedMessages().length > 0);
        Awaitility.await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5))
                .until(() -> mails.getReceivedMessages().length == 1);
        var mail = mails.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("teacher@example.org");
        assertThat(mail.getSubject()).isEqualTo("Completada: Completion report of " + course.key());
        var text = ((Multipart) mail.getContent()).getBodyPart(0).getContent().toString();
        assertThat(text).contains(TASKS_URL + "/tasks/" + task);
    }

    private List<Path> files() {
        try (var found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A file may go while the directory is looked through.
    private static void await(BooleanSupplier reached) {
        Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(reached::getAsBoolean);
    }
}
