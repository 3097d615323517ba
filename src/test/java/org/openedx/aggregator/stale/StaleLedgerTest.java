package org.openedx.aggregator.stale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@TestProfile(NoAggregation.class)
class StaleLedgerTest {

    private static final int COURSE = 2_000_000_001;
    private static final Enrollment ANN = new Enrollment(COURSE, 1);
    private static final Enrollment BOB = new Enrollment(COURSE, 2);
    private static final Enrollment EVE = new Enrollment(COURSE, 3);

    @Inject
    StaleLedger ledger;

    @Inject
    Transactions transactions;

    @BeforeEach
    void empty() {
        Database.rows("DELETE FROM stale_completion");
        Database.rows("DELETE FROM enrollment WHERE course_id = ?", COURSE);
    }

    @Test
    void the_oldest_marks_are_claimed_first_and_none_is_skipped() {
        // Given
        mark(ANN, BOB, EVE);
        dueSecondsAgo(BOB, 30);
        dueSecondsAgo(EVE, 20);
        dueSecondsAgo(ANN, 10);

        // When
        var claims = List.of(claim(2).enrollments(), claim(2).enrollments(), claim(2).enrollments());

        // Then
        assertThat(claims).containsExactly(List.of(BOB, EVE), List.of(ANN), List.of());
    }

    @Test
    void several_claimers_share_the_marks_and_leave_none() {
        // Given
        var marked = LongStream.rangeClosed(1, 400).mapToObj(id -> new Enrollment(COURSE, id)).toList();
        mark(marked.toArray(Enrollment[]::new));

        // When
        var claimed = new ArrayList<Enrollment>();
        for (int round = 0; round < 40 && claimed.size() < marked.size(); round++) {
            claimed.addAll(claimedAtOnce());
        }

        // Then
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(marked);
    }

    @Test
    void what_another_is_taking_right_now_is_left_to_it() {
        // Given
        mark(ANN, BOB);
        dueSecondsAgo(ANN, 10);

        // When
        var claim = Result.of(transactions.run(other -> ledger.held(other, claimedFor(ANN))
                .chain(() -> ledger.claim(10))));

        // Then
        assertThat(claim.enrollments()).containsExactly(BOB);
    }

    @Test
    void a_claimed_mark_is_nobody_elses_until_the_lease_ends() {
        // Given
        mark(ANN);
        claim(1);

        // When
        var second = claim(1);

        // Then
        assertThat(second.isEmpty()).isTrue();
        assertThat(secondsUntilDue(ANN)).isBetween(50L, 60L);
    }

    @Test
    void a_resolved_mark_is_gone() {
        // Given
        mark(ANN, BOB);
        var claim = claim(2);

        // When
        resolve(claim);

        // Then
        assertThat(marks()).isZero();
    }

    @Test
    void a_mark_raised_after_the_claim_survives_and_is_due_at_once() {
        // Given
        mark(ANN, BOB);
        var claim = claim(2);
        mark(ANN);

        // When
        resolve(claim);

        // Then
        assertThat(marks()).isEqualTo(1);
        assertThat(claim(2).enrollments()).containsExactly(ANN);
    }

    @Test
    void a_claim_whose_lease_ended_is_taken_over_and_worth_nothing_any_more() {
        // Given
        mark(ANN);
        var frozen = claim(1);
        endLeases();

        // When
        var next = claim(1);

        // Then
        assertThat(next.enrollments()).containsExactly(ANN);
        assertThat(held(frozen)).isEmpty();
        assertThat(held(next)).containsExactly(ANN);
        resolve(frozen);
        assertThat(marks()).isEqualTo(1);
        resolve(next);
        assertThat(marks()).isZero();
    }

    @Test
    void a_claim_whose_lease_ended_still_holds_what_nobody_took_over() {
        // Given
        mark(ANN);
        var late = claim(1);

        // When
        endLeases();

        // Then
        assertThat(held(late)).containsExactly(ANN);
    }

    @Test
    void released_marks_are_due_at_once() {
        // Given
        mark(ANN);
        var claim = claim(1);

        // When
        Result.of(transactions.run(transaction -> ledger.release(transaction, claim)));

        // Then
        assertThat(held(claim)).isEmpty();
        assertThat(claim(1).enrollments()).containsExactly(ANN);
    }

    @Test
    void marking_nobody_is_nothing() {
        // When
        mark();

        // Then
        assertThat(marks()).isZero();
    }

    @Test
    void marks_by_the_thousand_are_written() {
        // When
        mark(LongStream.rangeClosed(1, 2500).mapToObj(id -> new Enrollment(COURSE, id)).toArray(Enrollment[]::new));

        // Then
        assertThat(marks()).isEqualTo(2500);
        assertThat(Result.of(ledger.backlog()).size()).isEqualTo(2500);
    }

    @Test
    void the_backlog_counts_marks_parked_ones_and_the_age_of_the_oldest_that_is_not_parked() {
        // Given
        mark(ANN);
        Result.of(ledger.park(claim(1), new IllegalStateException("broken")));
        Database.rows("UPDATE stale_completion SET marked_at = marked_at - INTERVAL 1 HOUR");
        mark(BOB, EVE);
        Database.rows("UPDATE stale_completion SET marked_at = marked_at - INTERVAL 90 SECOND WHERE learner_id = 2");

        // When
        var backlog = Result.of(ledger.backlog());

        // Then
        assertThat(backlog.size()).isEqualTo(3);
        assertThat(backlog.parked()).isEqualTo(1);
        assertThat(backlog.age()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
    }

    @Test
    void an_empty_backlog_has_no_age() {
        assertThat(Result.of(ledger.backlog())).isEqualTo(new StaleBacklog(0, 0, Duration.ZERO));
    }

    private List<Enrollment> claimedAtOnce() {
        var claims = Stream.generate(() -> ledger.claim(7)).limit(4).toList();
        return Result.of(Uni.join().all(claims).andFailFast()).stream()
                .flatMap(claim -> claim.enrollments().stream())
                .toList();
    }

    // Whoever locks the row to claim it has written its number there by the time it lets go.
    private StaleBatch claimedFor(Enrollment enrollment) {
        Database.rows("UPDATE stale_completion SET claim = 42 WHERE learner_id = ?", enrollment.learnerId());
        return new StaleBatch(42, List.of(enrollment));
    }

    private void mark(Enrollment... enrollments) {
        Result.of(transactions.run(transaction -> ledger.mark(transaction, List.of(enrollments))));
    }

    private StaleBatch claim(int size) {
        return Result.of(ledger.claim(size));
    }

    private void resolve(StaleBatch batch) {
        Result.of(transactions.run(transaction -> ledger.resolve(transaction, batch)));
    }

    private Set<Enrollment> held(StaleBatch batch) {
        return Result.of(transactions.run(transaction -> ledger.held(transaction, batch)));
    }

    private static void endLeases() {
        Database.rows("UPDATE stale_completion SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    }

    private static void dueSecondsAgo(Enrollment enrollment, int seconds) {
        Database.rows("UPDATE stale_completion SET due_at = UTC_TIMESTAMP(6) - INTERVAL ? SECOND WHERE learner_id = ?", seconds,
                enrollment.learnerId());
    }

    private static long secondsUntilDue(Enrollment enrollment) {
        return Database.number("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), due_at) FROM stale_completion"
                + " WHERE learner_id = ?", enrollment.learnerId());
    }

    private static long marks() {
        return Database.number("SELECT COUNT(*) FROM stale_completion");
    }
}
