package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.course.StructureState.Phase;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** By the default settings: five seconds of quiet, a minute at most. Time passes by moving the rows into the past. */
@QuarkusTest
@TestProfile(NoAggregation.class)
class StructureRequestsTest {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @Inject
    StructureRequests requests;

    @Inject
    StructureFetchList list;

    @Inject
    Transactions transactions;

    @Inject
    KeyIds keyIds;

    private CourseKey key;
    private int course;

    @BeforeEach
    void empty() {
        Database.rows("DELETE FROM structure_request");
        key = CourseKey.parse("course-v1:Requests+" + NEXT.incrementAndGet() + "+1");
        course = Result.of(keyIds.of(key));
    }

    @Test
    void a_course_waits_until_it_has_been_quiet() {
        // When
        request();

        // Then
        assertThat(wait(course)).isBetween(4L, 5L);
        assertThat(Result.of(list.claim())).isEmpty();
        assertThat(phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void a_burst_is_one_fetch_that_is_put_off_for_a_minute_at_most() {
        // Given
        request();

        // When
        var waits = new ArrayList<Long>();
        for (int event = 0; event < 16; event++) {
            pass(4);
            request();
            waits.add(wait(course));
        }

        // Then
        assertThat(waits.subList(0, 13)).allMatch(seconds -> seconds >= 4 && seconds <= 5);
        assertThat(waits.get(15)).isLessThanOrEqualTo(0);
        assertThat(Database.number("SELECT COUNT(*) FROM structure_request")).isEqualTo(1);
        assertThat(claim()).map(StructureClaim::course).contains(key);
        assertThat(claim()).isEmpty();
    }

    @Test
    void a_fetched_course_is_done_and_known_to_be_checked() {
        // Given
        request();
        pass(6);
        var claim = claim().orElseThrow();

        // When
        Result.of(list.resolve(claim, Optional.of("v7")));

        // Then
        assertThat(phase()).isEqualTo(Phase.IDLE);
        assertThat(state().checkedAt()).get().satisfies(this::isNow);
        assertThat(Database.rows("SELECT published_version FROM structure_check WHERE course_id = ?", course))
                .containsExactly(Map.of("published_version", "v7"));
    }

    @Test
    void a_request_during_a_fetch_is_fetched_for_after_it() {
        // Given
        request();
        pass(6);
        var claim = claim().orElseThrow();
        request();

        // When
        pass(6);
        var meanwhile = claim();
        Result.of(list.resolve(claim, Optional.empty()));

        // Then
        assertThat(meanwhile).isEmpty();
        assertThat(claim()).isPresent();
    }

    @Test
    void a_request_during_a_fetch_that_fails_need_not_wait_for_the_next_attempt() {
        // Given
        request();
        pass(6);
        var claim = claim().orElseThrow();
        request();

        // When
        Result.of(list.fail(claim, "broken", Duration.ofHours(1)));

        // Then
        assertThat(wait(course)).isLessThanOrEqualTo(5);
    }

    @Test
    void one_that_crashed_is_followed_when_its_lease_ends() {
        // Given
        request();
        pass(6);
        var crashed = claim().orElseThrow();
        pass(299);
        var early = claim();

        // When
        pass(2);
        var second = claim().orElseThrow();
        Result.of(list.resolve(crashed, Optional.of("old")));
        Result.of(list.resolve(second, Optional.of("new")));

        // Then
        assertThat(early).isEmpty();
        // What the first one stored may be older than what the second one did: it is fetched once more.
        assertThat(phase()).isEqualTo(Phase.WAITING);
        assertThat(claim()).isPresent();
    }

    @Test
    void each_course_is_fetched_by_one_of_many_workers() {
        // Given
        var keys = IntStream.range(0, 20)
                .mapToObj(index -> CourseKey.parse("course-v1:Requests+Many" + index + "+1"))
                .collect(Collectors.toSet());
        var ids = Result.of(keyIds.of(keys)).values();
        Result.of(transactions.run(transaction -> requests.request(transaction, ids)));
        pass(6);

        // When
        var claims = IntStream.range(0, 25)
                .mapToObj(worker -> list.claim().subscribeAsCompletionStage())
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .map(StructureClaim::course)
                .toList();

        // Then
        assertThat(claims).doesNotHaveDuplicates();
        assertThat(Set.copyOf(claims)).hasSizeGreaterThan(0).isSubsetOf(keys);
    }

    @Test
    void failures_wait_longer_each_time_with_their_reason() {
        // Given
        request();

        // When
        var waits = new ArrayList<Long>();
        for (int failure = 0; failure < 9; failure++) {
            pass(100_000);
            Result.of(list.fail(claim().orElseThrow(), "it is broken " + failure, Duration.ZERO));
            waits.add(wait(course));
        }

        // Then
        var least = List.of(30, 60, 120, 240, 480, 960, 1920, 3600, 3600);
        for (int failure = 0; failure < 9; failure++) {
            assertThat(waits.get(failure)).isBetween(least.get(failure) - 2L, least.get(failure) * 5L / 4 + 1);
        }
        assertThat(waits.subList(0, 8)).isSorted();
        assertThat(phase()).isEqualTo(Phase.FAILING);
        assertThat(state().reason()).contains("it is broken 8");
        assertThat(state().attemptedAt()).get().satisfies(this::isNow);
    }

    @Test
    void who_wants_to_be_left_alone_is() {
        // Given
        request();
        pass(6);

        // When
        Result.of(list.fail(claim().orElseThrow(), "429", Duration.ofMinutes(10)));

        // Then
        assertThat(wait(course)).isBetween(598L, 751L);
    }

    @Test
    void a_missing_course_is_parked_until_somebody_asks_for_it() {
        // Given
        request();
        pass(6);
        Result.of(list.park(claim().orElseThrow(), "404"));
        var parked = wait(course);
        var phase = phase();

        // When
        Result.of(transactions.run(transaction -> requests.requestUnknown(transaction, course)));
        var afterOthers = wait(course);
        request();

        // Then
        assertThat(parked).isBetween(3598L, 4501L);
        assertThat(phase).isEqualTo(Phase.MISSING);
        assertThat(afterOthers).isGreaterThan(3000);
        assertThat(wait(course)).isBetween(4L, 5L);
        assertThat(phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void a_person_need_not_wait() {
        // When
        Result.of(transactions.run(transaction -> requests.requestNow(transaction, course)));

        // Then
        assertThat(claim()).isPresent();
        assertThat(phase()).isEqualTo(Phase.FETCHING);
    }

    @Test
    void a_reason_of_any_length_is_kept_as_far_as_there_is_room() {
        // Given
        request();
        pass(6);

        // When
        Result.of(list.fail(claim().orElseThrow(), "🎓".repeat(2000), Duration.ZERO));

        // Then
        assertThat(state().reason().orElseThrow()).startsWith("🎓🎓").hasSize(1000);
    }

    @Test
    void a_course_without_structure_is_asked_for_once() {
        // When
        Result.of(transactions.run(transaction -> requests.requestUnknown(transaction, course)));
        Result.of(transactions.run(transaction -> requests.requestUnknown(transaction, course)));

        // Then
        assertThat(wait(course)).isBetween(4L, 5L);
        assertThat(Database.number("SELECT generation FROM structure_request")).isEqualTo(1);
    }

    @Test
    void a_course_with_a_structure_is_not_unknown() {
        // Given
        Database.rows("UPDATE course SET structure_id = 1 WHERE id = ?", course);

        // When
        Result.of(transactions.run(transaction -> requests.requestUnknown(transaction, course)));
        Database.rows("UPDATE course SET structure_id = NULL WHERE id = ?", course);

        // Then
        assertThat(phase()).isEqualTo(Phase.IDLE);
    }

    private void request() {
        Result.of(transactions.run(transaction -> requests.request(transaction, List.of(course, course))));
    }

    private Optional<StructureClaim> claim() {
        return Result.of(list.claim());
    }

    private StructureState state() {
        return Result.of(requests.state(course));
    }

    private Phase phase() {
        return state().phase();
    }

    private void isNow(Instant instant) {
        assertThat(Duration.between(instant, Instant.now()).abs()).isLessThan(Duration.ofSeconds(10));
    }

    private static void pass(int seconds) {
        Database.rows("UPDATE structure_request SET requested_at = requested_at - INTERVAL ? SECOND, "
                + "due_at = due_at - INTERVAL ? SECOND, leased_until = leased_until - INTERVAL ? SECOND",
                seconds, seconds, seconds);
    }

    private static long wait(int course) {
        return Database.number("SELECT CEIL(TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), due_at) / 1000000) "
                + "FROM structure_request WHERE course_id = ?", course);
    }
}
