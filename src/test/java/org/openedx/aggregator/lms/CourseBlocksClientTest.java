package org.openedx.aggregator.lms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openedx.aggregator.api.security.MovableClock;
import org.openedx.aggregator.course.InvalidStructureException;
import org.openedx.aggregator.course.StructureTooLargeException;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.lms.LmsException.Trouble;
import org.openedx.aggregator.support.GeneratedBody;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.StubLms;
import org.openedx.aggregator.support.StubLms.Fault;

import io.vertx.mutiny.core.Vertx;

@Timeout(30)
class CourseBlocksClientTest {

    private static final CourseKey COURSE = CourseKey.parse("course-v1:Demo+Blocks+1");
    private static final String ROOT = "block-v1:Demo+Blocks+1+type@course+block@course";
    private static final String STRUCTURE = "{\"root\": \"" + ROOT + "\", \"blocks\": {\"" + ROOT + "\": {\"id\": \"" + ROOT
            + "\", \"type\": \"course\"}}}";
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final StubLms lms = new StubLms();
    private final MovableClock clock = new MovableClock(NOON);

    CourseBlocksClientTest() {
        lms.publish(COURSE.value(), STRUCTURE);
    }

    @AfterEach
    void close() {
        lms.close();
        vertx.closeAndAwait();
    }

    @Test
    void it_asks_for_all_blocks_with_what_decides_about_completion() {
        // When
        var upload = fetch(asking());

        // Then
        assertThat(upload.structure().blocks()).hasSize(1);
        assertThat(lms.addresses()).last().asString()
                .startsWith("/api/courses/v2/blocks/?course_id=course-v1%3ADemo%2BBlocks%2B1&all_blocks=true&depth=all")
                .contains("return_type=dict", "children", "start", "due", "graded", "visible_to_staff_only",
                        "completion_mode", "group_access", "optional_completion", "max_count", "days_early_for_beta");
    }

    @Test
    void a_token_serves_until_shortly_before_it_expires() {
        // Given
        var asking = asking();
        fetch(asking);

        // When
        clock.moveTo(NOON.plusSeconds(3539));
        fetch(asking);
        int before = lms.tokens();
        clock.moveTo(NOON.plusSeconds(3540));
        fetch(asking);

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(lms.tokens()).isEqualTo(2);
    }

    @Test
    void a_token_that_is_no_longer_accepted_is_renewed_once() {
        // Given
        var asking = asking();
        fetch(asking);
        lms.revokeTokens();

        // When
        fetch(asking);

        // Then
        assertThat(lms.tokens()).isEqualTo(2);
    }

    @Test
    void tokens_that_are_never_accepted_are_not_asked_for_for_ever() {
        // Given
        lms.fail(COURSE.value(), Fault.status(401), Fault.status(401), Fault.status(401));

        // When
        var failure = failure(asking());

        // Then
        assertThat(failure.trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(lms.tokens()).isEqualTo(2);
    }

    @Test
    void wrong_credentials_are_said_so() {
        // When
        var failure = failure(asking(Map.of("aggregator.lms.client-secret", "wrong")));

        // Then
        assertThat(failure.trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(failure).hasMessageStartingWith("No token from the LMS").hasMessageContaining("401");
    }

    @Test
    void a_service_user_without_rights_is_said_so() {
        // Given
        lms.setStaff(false);

        // When
        var failure = failure(asking());

        // Then
        assertThat(failure.trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(failure).hasMessageContaining("the service user needs staff rights");
    }

    @Test
    void an_unknown_course_is_not_an_unknown_page() {
        // Given
        lms.remove(COURSE.value());
        lms.fail(COURSE.value(), Fault.page(404));

        // Then
        assertThat(failure(asking()).trouble()).isEqualTo(Trouble.REFUSED);
        assertThat(failure(asking()).trouble()).isEqualTo(Trouble.MISSING);
    }

    @Test
    void an_lms_that_stumbles_is_asked_again() {
        // Given
        lms.fail(COURSE.value(), Fault.status(500), Fault.cutOff(STRUCTURE.substring(0, 30)));

        // When
        var upload = fetch(asking(Map.of("aggregator.lms.repetitions", "2")));

        // Then
        assertThat(upload.structure().blocks()).hasSize(1);
        assertThat(lms.fetches(COURSE.value())).isEqualTo(3);
    }

    @Test
    void it_is_not_asked_more_often_than_is_set() {
        // Given
        lms.fail(COURSE.value(), Fault.status(502), Fault.status(503), Fault.status(504), Fault.status(500));

        // When
        var failure = failure(asking(Map.of("aggregator.lms.repetitions", "2")));

        // Then
        assertThat(failure.trouble()).isEqualTo(Trouble.UNAVAILABLE);
        assertThat(lms.fetches(COURSE.value())).isEqualTo(3);
    }

    @Test
    void an_lms_that_is_asked_too_often_says_how_long_to_wait() {
        // Given
        lms.fail(COURSE.value(), Fault.retryAfter(429, "1"));
        var start = System.nanoTime();

        // When
        fetch(asking(Map.of("aggregator.lms.repetitions", "1")));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void a_long_wait_is_left_to_others() {
        // Given
        lms.fail(COURSE.value(), Fault.retryAfter(429, "300"), Fault.retryAfter(503, "Mon, 04 May 2026 12:10:00 GMT"));
        var asking = asking(Map.of("aggregator.lms.repetitions", "1"));

        // Then
        var throttled = failure(asking);
        assertThat(throttled.trouble()).isEqualTo(Trouble.THROTTLED);
        assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(failure(asking).retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(lms.fetches(COURSE.value())).isEqualTo(2);
    }

    @Test
    void what_is_wrong_with_a_request_is_not_asked_again() {
        // Given
        lms.fail(COURSE.value(), Fault.status(400));

        // When
        var failure = failure(asking(Map.of("aggregator.lms.repetitions", "2")));

        // Then
        assertThat(failure.trouble()).isEqualTo(Trouble.UNUSABLE);
        assertThat(failure).hasMessageContaining("400").hasMessageContaining("as told");
        assertThat(lms.fetches(COURSE.value())).isEqualTo(1);
    }

    @Test
    void what_is_no_structure_is_refused_where_it_is_wrong() {
        // Given
        lms.fail(COURSE.value(), Fault.body("{\"root\": 7}"), Fault.body("<html>"));

        // Then
        assertThat(catchThrowable(() -> fetch(asking()))).isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("root must be a string");
        assertThat(catchThrowable(() -> fetch(asking()))).isInstanceOf(InvalidStructureException.class);
    }

    @Test
    void a_silent_lms_is_given_up() {
        // Given
        lms.fail(COURSE.value(), Fault.silence());

        // When
        var failure = failure(asking(Map.of("aggregator.lms.timeout", "PT0.3S")));

        // Then
        assertThat(failure.trouble()).isEqualTo(Trouble.UNAVAILABLE);
    }

    @Test
    void an_answer_that_stops_half_way_is_given_up() {
        // Given
        lms.fail(COURSE.value(), request -> request.response().setChunked(true).write(STRUCTURE.substring(0, 50)));

        // When
        var failure = failure(asking(Map.of("aggregator.lms.timeout", "PT0.3S")));

        // Then
        assertThat(failure.trouble()).isEqualTo(Trouble.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("broke off");
    }

    @Test
    void an_lms_that_is_away_is_left_alone_until_a_request_finds_it_back() {
        // Given
        var asking = asking(Map.of("aggregator.lms.breaker-failures", "2"));
        lms.stop();
        failure(asking);
        failure(asking);

        // When
        var paused = asking.http().isPaused();
        var third = failure(asking);
        lms.start();
        clock.moveTo(NOON.plusSeconds(30));
        fetch(asking);

        // Then
        assertThat(paused).isTrue();
        assertThat(third).hasMessageContaining("left alone until 2026-05-04T12:00:30Z after 2 failures in a row")
                .hasMessageContaining("cannot be reached");
        assertThat(asking.http().isPaused()).isFalse();
        assertThat(lms.fetches(COURSE.value())).isEqualTo(1);
    }

    @Test
    void an_answer_without_end_is_cut() {
        // Given
        lms.publish(COURSE.value(), large(1 << 20));

        // When
        var failure = catchThrowable(() -> fetch(asking(Map.of("aggregator.lms.max-answer", "1M"))));

        // Then
        assertThat(failure).isInstanceOf(StructureTooLargeException.class);
    }

    @Test
    void fifty_megabytes_are_read_as_they_come() {
        // Given
        lms.publish(COURSE.value(), large(50));

        // When
        var upload = fetch(asking());

        // Then
        assertThat(upload.structure().blocks()).hasSize(51);
    }

    @Test
    void a_slow_reader_holds_the_lms_back() {
        // Given
        var sent = new AtomicInteger();
        var body = large(50);
        lms.publish(COURSE.value(), new GeneratedBody(body.pieces(), piece -> counted(sent, body.piece().apply(piece))));
        var sentMeanwhile = new CompletableFuture<Integer>();

        // When
        var read = Result.of(asking().api().get("/api/courses/v2/blocks/?course_id=course-v1%3ADemo%2BBlocks%2B1"
                + "&all_blocks=true&depth=all", stream -> slowly(stream, sent, sentMeanwhile)));

        // Then
        assertThat(sentMeanwhile.join()).isLessThan(25);
        assertThat(read).isGreaterThan(50_000_000L);
    }

    private static String counted(AtomicInteger count, String piece) {
        count.incrementAndGet();
        return piece;
    }

    private static long slowly(InputStream stream, AtomicInteger sent, CompletableFuture<Integer> sentMeanwhile)
            throws IOException {
        stream.read();
        // Time enough to send all of it, if it were taken.
        for (int look = 0; look < 15 && sent.get() < 50; look++) {
            pause();
        }
        sentMeanwhile.complete(sent.get());
        return 1 + stream.skip(Long.MAX_VALUE);
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_outline_names_the_published_version() {
        // Then
        assertThat(Result.of(asking().outlines().publishedVersion(COURSE))).contains("000000000000000000000001");
        lms.setOutlines(false);
        assertThat(Result.of(asking().outlines().publishedVersion(COURSE))).isEmpty();
    }

    // Most of a large answer is what nobody asked for; what is random cannot be packed.
    private static GeneratedBody large(int megabytes) {
        var random = new byte[3 << 18];
        new Random(1).nextBytes(random);
        var ballast = Base64.getEncoder().encodeToString(random);
        var children = IntStream.range(0, megabytes)
                .mapToObj(number -> '"' + block(number) + '"')
                .collect(Collectors.joining(","));
        return new GeneratedBody(megabytes + 2, piece -> piece == 0
                ? "{\"root\": \"" + ROOT + "\", \"blocks\": {\"" + ROOT + "\": {\"children\": [" + children + "]}"
                : piece <= megabytes
                        ? ", \"" + block(piece - 1) + "\": {\"type\": \"html\", \"student_view_data\": \"" + ballast + "\"}"
                        : "}}");
    }

    private static String block(int number) {
        return "block-v1:Demo+Blocks+1+type@html+block@b" + number;
    }

    private Asking asking() {
        return asking(Map.of());
    }

    private Asking asking(Map<String, String> settings) {
        return Asking.of(lms, vertx, clock, settings);
    }

    private static StructureUpload fetch(Asking asking) {
        return Result.of(asking.blocks().structure(COURSE));
    }

    private static LmsException failure(Asking asking) {
        var failure = catchThrowable(() -> fetch(asking));
        assertThat(failure).isInstanceOf(LmsException.class);
        return (LmsException) failure;
    }
}
