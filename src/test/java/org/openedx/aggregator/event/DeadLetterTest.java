package org.openedx.aggregator.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.event.DeadLetterBox.header;
import static org.openedx.aggregator.event.JsonFormat.TRACKING;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class DeadLetterTest {

    private static final AtomicLong NEXT_LEARNER = new AtomicLong(7_100_000);
    private static final String COURSE = "course-v1:Hostile+Letters+1";
    private static final String BLOCK = "block-v1:Hostile+Letters+1+type@html+block@b";
    private static final String TIME = "2026-05-04T12:00:00.123456+00:00";
    private static final String ENROLLMENT = "org.openedx.learning.course.enrollment.changed.v1";
    private static final Pattern COUNT = Pattern.compile(
            "completion_events_total\\{[^}]*outcome=\"dead_letter\"[^}]*} ([0-9.E]+)");

    /** A record nobody can use, and what its dead letter says. */
    private record Bad(String reason, ProducerRecord<byte[], byte[]> message) {
    }

    static Stream<Bad> bad() {
        return Stream.of(
                bad("Malformed JSON", Lms.COMPLETION, good().substring(0, 100)),
                bad("Malformed JSON", Lms.COMPLETION, good().replace("0.5", "NaN")),
                bad("between 0.0 and 1.0", Lms.COMPLETION, good().replace("0.5", "-0.1")),
                bad("between 0.0 and 1.0", Lms.COMPLETION, good().replace("0.5", "1.1")),
                bad("completion is not a number", Lms.COMPLETION, good().replace("0.5", "\\\"1.0\\\"")),
                bad("user_id is not an integer", Lms.COMPLETION, good().replace("\\\"user_id\\\":", "\\\"user_id\\\":0.")),
                bad("Not a course key", Lms.COMPLETION, good().replace(COURSE, "DemoX")),
                bad("Not a usage key", Lms.COMPLETION, good().replace("block@b", "block@" + "b".repeat(256))),
                bad("Not a usage key", Lms.COMPLETION, good().replace("block@b", "block@\uD83D\uDE00")),
                bad("Not a JSON object", Lms.COMPLETION, "[]"),
                bad("out of range", Lms.COMPLETION, good().replace("2026-05", "+22026-05")),
                bad("tombstone", Lms.COMPLETION, null),
                bad("empty", Lms.COMPLETION, ""),
                bad("more than 1048576", Lms.COMPLETION, good().replace("html", "x".repeat(5 << 20))),
                new Bad("needs a ce_type header", message("any", "{\"enrollment\": {}}")),
                new Bad("ce_type is given more than once",
                        message("any", good(), "ce_type", TRACKING, "ce_type", TRACKING)),
                new Bad("content-type is given more than once", message(Lms.COMPLETION, good(), "ce_type", TRACKING,
                        "content-type", "application/json", "content-type", "application/json")),
                new Bad("ce_time is given more than once",
                        message("any", "{\"user\": {\"id\": 7, \"pii\": {\"username\": \"any\"}}}", "ce_type",
                                "org.openedx.learning.student.registration.completed.v1", "ce_time", TIME, "ce_time", TIME)),
                new Bad("No reader for content-type text/csv",
                        message(Lms.COMPLETION, "a,b", "ce_type", TRACKING, "content-type", "text/csv")),
                new Bad("enrollment is missing", message(null, "{}", "ce_type", ENROLLMENT)));
    }

    @Test
    void bad_records_are_put_aside_and_their_neighbours_are_taken_in() {
        try (var lms = new Lms(); var box = opened(lms)) {
            // Given
            var bad = bad().toList();
            var learners = new ArrayList<Long>();
            double before = buried();

            // When
            for (var record : bad) {
                learners.add(sendGood(lms));
                lms.send(record.message());
            }
            learners.add(sendGood(lms));
            lms.awaitIngested();

            // Then
            assertThat(learners).allSatisfy(learner -> assertThat(facts(learner)).isEqualTo(1));
            assertLetters(bad, box.letters());
            assertThat(buried() - before).isEqualTo(bad.size());
        }
    }

    @Test
    void what_is_none_of_our_business_is_no_dead_letter() {
        try (var lms = new Lms(); var box = opened(lms)) {
            // When
            lms.send(message("edx.video.played", "\0garbage", "ce_type", TRACKING));
            lms.send(message(null, "garbage", "ce_type", "org.openedx.learning.certificate.created.v1"));
            lms.send(message("edx.video.played", "x".repeat(2 << 20), "ce_type", TRACKING));
            lms.capture("courseware_studentmodule", "{\"after\": {\"module_type\": \"problem\", \"state\": \"%s\"}}"
                    .formatted("x".repeat(2 << 20)));
            lms.send(message(null, "{\"name\": \"page_close\", \"event\": \"{}\", \"time\": 7}"));
            lms.send(message(Lms.COMPLETION, good().replace(COURSE, "lib:DemoX:Lib"), "ce_type", TRACKING));
            lms.send(new ProducerRecord<>(Lms.CAPTURED_COMPLETIONS, 0, bytes("{\"id\":1}"), null));
            long learner = sendGood(lms);
            lms.awaitIngested();

            // Then
            assertThat(facts(learner)).isEqualTo(1);
            assertThat(box.letters()).isEmpty();
        }
    }

    // The topic comes to be with the first letter.
    private static DeadLetterBox opened(Lms lms) {
        lms.send(message(null, "[]"));
        lms.awaitIngested();
        return new DeadLetterBox();
    }

    private static void assertLetters(List<Bad> bad, List<ConsumerRecord<byte[], byte[]>> letters) {
        assertThat(letters).hasSameSizeAs(bad);
        var remaining = new ArrayList<>(letters);
        for (var record : bad) {
            var found = remaining.stream().filter(letter -> isOf(letter, record)).findFirst();
            assertThat(found).as(record.reason()).isPresent();
            remaining.remove(found.get());
        }
        assertThat(letters).extracting(letter -> header(letter, "dead-letter-offset")).doesNotHaveDuplicates();
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> letter, Bad bad) {
        return header(letter, "dead-letter-reason").contains(bad.reason())
                && Lms.ANALYTICS.equals(header(letter, "dead-letter-topic"))
                && "0".equals(header(letter, "dead-letter-partition"))
                && Long.parseLong(header(letter, "dead-letter-offset")) >= 0
                && Arrays.equals(letter.key(), bad.message().key())
                && Arrays.equals(letter.value(), bad.message().value())
                && originals(letter).equals(List.of(bad.message().headers().toArray()));
    }

    private static List<Header> originals(ConsumerRecord<byte[], byte[]> letter) {
        return Stream.of(letter.headers().toArray())
                .filter(header -> !header.key().startsWith("dead-letter-"))
                .toList();
    }

    private static double buried() {
        var found = COUNT.matcher(given().get("/q/metrics").asString());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private static long sendGood(Lms lms) {
        long learner = NEXT_LEARNER.incrementAndGet();
        lms.send(message(Lms.COMPLETION, good().replace("7100000", Long.toString(learner)), "ce_type", TRACKING));
        return learner;
    }

    private static long facts(long learner) {
        return Database.number("SELECT COUNT(*) FROM block_completion WHERE learner_id = ?", learner);
    }

    private static String good() {
        return Lms.completionEvent(7_100_000, COURSE, BLOCK, 0.5, TIME);
    }

    private static Bad bad(String reason, String key, String value) {
        return new Bad(reason, message(key, value, "ce_type", TRACKING, "content-type", "application/json", "ce_id", "1"));
    }

    private static ProducerRecord<byte[], byte[]> message(String key, String value, String... headers) {
        var all = new RecordHeaders();
        for (int index = 0; index < headers.length; index += 2) {
            all.add(headers[index], bytes(headers[index + 1]));
        }
        return new ProducerRecord<>(Lms.ANALYTICS, 0, bytes(key), bytes(value), all);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
