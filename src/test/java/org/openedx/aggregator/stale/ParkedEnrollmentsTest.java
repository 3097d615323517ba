package org.openedx.aggregator.stale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

@QuarkusTest
@TestProfile(NoAggregation.class)
class ParkedEnrollmentsTest {

    private static final int COURSE = 2_000_000_002;
    private static final Enrollment ANN = new Enrollment(COURSE, 1);
    private static final Exception BROKEN = new IllegalStateException("the tree is broken");

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
    void a_parked_enrollment_waits_longer_with_each_failure_but_not_for_ever() {
        // Given
        mark(ANN);

        // When
        var waits = new ArrayList<Long>();
        for (int failure = 0; failure < 9; failure++) {
            makeDue();
            Result.of(ledger.park(claim(), BROKEN));
            waits.add((secondsUntilDue() + 5) / 10 * 10);
        }

        // Then
        assertThat(waits).containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
    }

    @Test
    void the_reason_is_kept() {
        // Given
        mark(ANN);

        // When
        Result.of(ledger.park(claim(), BROKEN));

        // Then
        assertThat(column("reason")).isEqualTo("java.lang.IllegalStateException: the tree is broken");
        assertThat(column("attempts")).isEqualTo(1);
        assertThat(column("claim")).isNull();
    }

    @Test
    void a_reason_of_any_length_is_kept_as_far_as_there_is_room() {
        // Given
        mark(ANN);

        // When
        Result.of(ledger.park(claim(), new IllegalStateException("🎓".repeat(2000))));

        // Then
        assertThat((String) column("reason")).startsWith("java.lang.IllegalStateException: 🎓🎓").hasSizeBetween(990, 1000);
    }

    @Test
    void only_who_holds_a_mark_can_park_it() {
        // Given
        mark(ANN);
        var frozen = claim();
        makeDue();
        claim();

        // When
        Result.of(ledger.park(frozen, BROKEN));

        // Then
        assertThat(column("attempts")).isEqualTo(0);
    }

    @Test
    void a_new_mark_does_not_bring_a_parked_enrollment_back_early() {
        // Given
        mark(ANN);
        Result.of(ledger.park(claim(), BROKEN));

        // When
        mark(ANN);

        // Then
        assertThat(claim().isEmpty()).isTrue();
        assertThat(column("generation")).isEqualTo(2L);
    }

    @Test
    void an_enrollment_that_succeeds_after_all_is_no_longer_parked() {
        // Given
        mark(ANN);
        Result.of(ledger.park(claim(), BROKEN));
        makeDue();
        var claim = claim();
        mark(ANN);

        // When
        Result.of(transactions.run(transaction -> ledger.resolve(transaction, claim)));

        // Then
        assertThat(column("attempts")).isEqualTo(0);
        assertThat(column("reason")).isNull();
    }

    @Test
    void marking_a_course_marks_its_active_enrollments_only() {
        // Given
        enroll(1, true);
        enroll(2, false);
        enroll(3, true);

        // When
        var count = markCourse();

        // Then
        assertThat(count).isEqualTo(2);
        assertThat(Result.of(ledger.claim(10)).enrollments())
                .containsExactlyInAnyOrder(ANN, new Enrollment(COURSE, 3));
    }

    @Test
    void marking_a_course_revives_what_is_parked() {
        // Given
        enroll(1, true);
        mark(ANN);
        Result.of(ledger.park(claim(), BROKEN));

        // When
        markCourse();

        // Then
        assertThat(column("attempts")).isEqualTo(0);
        assertThat(column("reason")).isNull();
        assertThat(claim().enrollments()).containsExactly(ANN);
    }

    @Test
    void marking_a_course_takes_claims_away() {
        // Given
        enroll(1, true);
        mark(ANN);
        var overtaken = claim();

        // When
        markCourse();

        // Then
        Set<Enrollment> held = Result.of(transactions.run(transaction -> ledger.held(transaction, overtaken)));
        assertThat(held).isEmpty();
        assertThat(claim().enrollments()).containsExactly(ANN);
    }

    private void mark(Enrollment enrollment) {
        Result.of(transactions.run(transaction -> ledger.mark(transaction, List.of(enrollment))));
    }

    private long markCourse() {
        return Result.of(transactions.run(transaction -> ledger.markCourse(transaction, COURSE)));
    }

    private StaleBatch claim() {
        return Result.of(ledger.claim(1));
    }

    private static void enroll(long learnerId, boolean active) {
        Database.rows("INSERT INTO enrollment VALUES (?, ?, ?, 'audit', 1)", COURSE, learnerId, active);
    }

    private static void makeDue() {
        Database.rows("UPDATE stale_completion SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    }

    private static long secondsUntilDue() {
        return Database.number("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), due_at) FROM stale_completion");
    }

    private static Object column(String name) {
        return Database.rows("SELECT * FROM stale_completion").get(0).get(name);
    }
}
