package org.openedx.aggregator.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.inject.Inject;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.notification.Courier;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NotificationProfile;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.TaskDriver;
import org.openedx.aggregator.task.TaskFailedException;
import org.openedx.aggregator.task.TaskRequest;
import org.openedx.aggregator.task.UserTasks;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(NotificationProfile.class)
class TaskMailTest {

    private static final Pattern OPT_OUT = Pattern.compile("https://tasks.example.org(/api/[^\\s>]+)");

    private final GreenMail server = new GreenMail(
            new ServerSetup(NotificationProfile.smtpPort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @Inject
    UserTasks tasks;

    @Inject
    TaskDriver driver;

    @Inject
    Courier courier;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : new String[] { "user_task_status", "user_task_artifact", "notification_delivery",
                "notification_preference", "notification_webhook" }) {
            Database.rows("DELETE FROM " + table);
        }
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void who_asked_gets_a_mail_in_two_parts() throws Exception {
        // Given
        var task = failed("alice@example.org", "en", "Report <b>of</b> all");

        // When
        courier.send();

        // Then
        var mail = onlyMail();
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("alice@example.org");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("Example University <no-reply@example.org>");
        assertThat(mail.getSubject()).isEqualTo("[Example] Failed: Report <b>of</b> all");
        assertThat(mail.getMessageID()).isEqualTo("<task-" + task + "@tasks.example.org>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(part(mail, "text/plain")).contains("Hello alice,", "Task: Report <b>of</b> all", "Result: Failed",
                "Duration: 0:00:0", "Reason: No such course.", "https://tasks.example.org/tasks/" + task);
        assertThat(part(mail, "text/html")).contains("<html lang=\"en\" dir=\"ltr\">", "Report &lt;b&gt;of&lt;/b&gt; all",
                "No such course.", "href=\"https://tasks.example.org/tasks/" + task + "\"");
    }

    @ParameterizedTest
    @CsvSource({ "en, ltr, Done: Work, See the task", "es, ltr, Completada: Work, Ver la tarea",
            "fr, ltr, Réussie : Work, Voir la tâche", "ar, rtl, اكتملت: Work, عرض المهمة",
            "de, ltr, Done: Work, See the task" })
    void a_mail_is_in_the_readers_language(String language, String direction, String subject, String link) throws Exception {
        // Given
        succeeded("alice", "alice@example.org", language, "Work");

        // When
        courier.send();

        // Then
        var mail = onlyMail();
        assertThat(mail.getSubject()).isEqualTo("[Example] " + subject);
        assertThat(part(mail, "text/html")).contains("dir=\"" + direction + "\"", link);
        assertThat(part(mail, "text/plain")).contains(link).doesNotContain("Reason");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "de, ar;q=0.8, fr;q=0.5 | ar | اكتملت:", "fr;q=0.1, es-MX | es | Completada:",
            "de | en | Done:", "* | en | Done:" })
    void who_starts_a_report_is_written_to_in_the_language_of_their_browser(String wanted, String language, String subject)
            throws Exception {
        // Given
        var course = SampleCourse.unknown().publish();
        report(course, wanted, Map.of("email", "teacher@example.org")).then().statusCode(202);
        var stored = Database.rows("SELECT email, language, user_id FROM user_task_status").get(0);

        // When
        driver.runAndTell();
        courier.send();

        // Then
        assertThat(stored).containsEntry("email", "teacher@example.org").containsEntry("language", language)
                .containsEntry("user_id", 42L);
        var mail = onlyMail();
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("teacher@example.org");
        assertThat(mail.getSubject()).isEqualTo("[Example] " + subject + " Completion report of " + course.key);
        assertThat(mail.getHeader("Content-Language")).containsExactly(language);
    }

    @Test
    void an_address_that_was_not_verified_is_not_written_to() {
        // Given
        var course = SampleCourse.unknown().publish();
        report(course, "en", Map.of("email", "victim@example.org", "email_verified", false)).then().statusCode(202);

        // When
        driver.runAndTell();
        courier.send();

        // Then
        assertThat(Database.rows("SELECT email, state FROM user_task_status").get(0)).containsEntry("email", null)
                .containsEntry("state", "Succeeded");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private static Response report(SampleCourse course, String language, Map<String, Object> claims) {
        var all = new HashMap<String, Object>(Map.of("preferred_username", "teacher", "administrator", true, "user_id", 42));
        all.putAll(claims);
        return Caller.with("JWT " + DevKeys.token(all)).header("Accept-Language", language).contentType("application/json")
                .body(Map.of("course_keys", List.of(course.key))).post("/completion-aggregator/v1/reports/");
    }

    @Test
    void a_name_cannot_add_headers() throws Exception {
        // Given
        succeeded("alice", "alice@example.org", "en", "Work\r\nBcc: victim@example.org\r\n\r\nBuy");

        // When
        courier.send();

        // Then
        var mail = onlyMail();
        assertThat(mail.getSubject()).isEqualTo("[Example] Done: Work Bcc: victim@example.org Buy");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "'a@example.org, b@example.org'", "'a@example.org\r\nBcc: b@example.org'", "nobody", "'<a@example.org>'" })
    void what_is_no_address_is_not_written_to(String address) {
        succeeded("alice", address, "en", "Work");
        courier.send();
        assertThat(Database.number("SELECT COUNT(*) FROM notification_delivery")).isZero();
    }

    @Test
    void two_replicas_send_one_mail_for_each_task() {
        // Given
        for (int i = 0; i < 12; i++) {
            succeeded("alice", "alice@example.org", "en", "Work " + i);
        }

        // When
        courier.sendFromTwoReplicas();
        courier.sendFromTwoReplicas();

        // Then
        assertThat(server.getReceivedMessages()).hasSize(12).extracting(TaskMailTest::id).doesNotHaveDuplicates();
    }

    @Test
    void a_mail_waits_for_the_server_and_is_given_up_in_the_end() {
        // Given
        server.stop();
        succeeded("alice", "alice@example.org", "en", "Work");
        courier.send();
        var waiting = Database.rows("SELECT phase, attempts, failure FROM notification_delivery").get(0);

        // When
        server.start();
        awaitSent(1);

        // Then
        assertThat(((Number) waiting.get("phase")).intValue()).isEqualTo(1);
        assertThat(((Number) waiting.get("attempts")).intValue()).isEqualTo(1);
        assertThat(waiting.get("failure")).isNotNull();
        assertThat(Database.rows("SELECT payload FROM notification_delivery WHERE phase = 3").get(0)).containsEntry("payload",
                "{}");
    }

    @Test
    void a_mail_that_no_server_takes_is_parked() {
        // Given
        server.stop();
        succeeded("alice", "alice@example.org", "en", "Work");

        // When
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
            courier.send();
            return Database.number("SELECT COUNT(*) FROM notification_delivery WHERE phase = 4") == 1;
        });

        // Then
        assertThat(Database.number("SELECT attempts FROM notification_delivery")).isEqualTo(3);
        assertThat(Api.as("alice").get("/q/metrics").asString())
                .containsPattern("completion_notifications_total\\{channel=\"mail\",outcome=\"parked\"} [1-9]");
    }

    @Test
    void what_a_dead_replica_was_sending_is_sent_when_its_lease_has_ended() {
        // Given
        succeeded("alice", "alice@example.org", "en", "Work");
        Database.rows("""
                UPDATE notification_delivery SET phase = 2, claim = 5, attempts = 1,
                       due_at = UTC_TIMESTAMP(6) + INTERVAL 1 SECOND""");
        courier.send();
        int before = server.getReceivedMessages().length;

        // When
        awaitSent(1);

        // Then
        assertThat(before).isZero();
    }

    @Test
    void who_has_chosen_no_mails_gets_none() {
        // Given
        Caller.as("alice").contentType("application/json").body("{\"email\": false}")
                .put("/api/tasks/v0/preferences/").then().statusCode(200);
        succeeded("alice", "alice@example.org", "en", "Work");
        succeeded("bob", "bob@example.org", "en", "Work");

        // When
        courier.send();

        // Then
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(Caller.as("alice").get("/api/tasks/v0/preferences/").jsonPath().getBoolean("email")).isFalse();
        assertThat(Caller.as("bob").get("/api/tasks/v0/preferences/").jsonPath().getBoolean("email")).isTrue();
        Caller.anonymous().get("/api/tasks/v0/preferences/").then().statusCode(401);
        Caller.as("bob").contentType("application/json").body("{}").put("/api/tasks/v0/preferences/").then().statusCode(400);
    }

    @Test
    void one_click_in_the_mail_ends_the_mails() throws Exception {
        // Given
        succeeded("zoë b", "alice@example.org", "en", "Work");
        courier.send();
        var matcher = OPT_OUT.matcher(onlyMail().getHeader("List-Unsubscribe")[0]);
        assertThat(matcher.find()).isTrue();
        var path = URI.create(matcher.group(1)).toString();

        // When
        var page = Caller.anonymous().header("Accept-Language", "ar").get(path);
        boolean afterLooking = wantsMail("zoë b");
        var done = Caller.anonymous().contentType("application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click").post(path);

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString()).contains("dir=\"rtl\"", "<form method=\"post\">");
        assertThat(afterLooking).isTrue();
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.asString()).contains("You will get no more mails about tasks.");
        assertThat(wantsMail("zoë b")).isFalse();
        Caller.anonymous().post(path.replace("user=zo", "user=xo")).then().statusCode(403);
        Caller.anonymous().post(path + "x").then().statusCode(403);
        Caller.anonymous().post(OptOutLinks.PATH).then().statusCode(403);
    }

    @Inject
    MailPreferences preferences;

    private boolean wantsMail(String username) {
        return Result.of(preferences.wantsMail(username));
    }

    private void awaitSent(int mails) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
            courier.send();
            return server.getReceivedMessages().length == mails;
        });
    }

    private UUID failed(String email, String language, String name) {
        return run("alice", email, language, ScriptedTask.request(
                progress -> Uni.createFrom().failure(new TaskFailedException("No such course."))), name);
    }

    private UUID succeeded(String username, String email, String language, String name) {
        return run(username, email, language, ScriptedTask.request(progress -> Uni.createFrom().voidItem()), name);
    }

    private UUID run(String username, String email, String language, TaskRequest request, String name) {
        var named = new TaskRequest(request.action(), request.parameters().copy()
                .mergeIn(new JsonObject().put("name", name)));
        var requester = new Requester(OptionalLong.empty(), username, Optional.of(email), Optional.of(language));
        var task = Result.of(tasks.start(requester, named)).uuid();
        driver.runAndTell();
        return task;
    }

    private MimeMessage onlyMail() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(MimeMessage mail, String type) throws MessagingException, IOException {
        var parts = (Multipart) mail.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType(type)) {
                return part.getContent().toString();
            }
        }
        throw new AssertionError("No " + type);
    }
}
