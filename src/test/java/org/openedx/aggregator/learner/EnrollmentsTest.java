package org.openedx.aggregator.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(NoAggregation.class)
class EnrollmentsTest {

    private static final int COURSE = 2_000_000_004;
    private static final long ANN = 2_000_000_004_001L;
    private static final long BOB = 2_000_000_004_002L;

    @Inject
    Enrollments enrollments;

    @Inject
    Transactions transactions;

    @BeforeEach
    void empty() {
        Database.rows("DELETE FROM enrollment WHERE course_id = ?", COURSE);
        Database.rows("DELETE FROM learner WHERE id IN (?, ?)", ANN, BOB);
    }

    @Test
    void a_learner_is_found_by_the_name_the_lms_gave_last() {
        // When
        name(new LearnerName(ANN, "ann-e-1", 10));
        name(new LearnerName(ANN, "ann-e-2", 20));
        name(new LearnerName(ANN, "ann-e-0", 5));

        // Then
        assertThat(named("ann-e-2")).contains(new Learner(ANN, "ann-e-2"));
        assertThat(named("ann-e-1")).isEmpty();
        assertThat(named("ann-e-0")).isEmpty();
    }

    @Test
    void of_several_names_in_one_batch_the_newest_is_kept() {
        // When
        name(new LearnerName(ANN, "ann-e-2", 20), new LearnerName(ANN, "ann-e-1", 10), new LearnerName(BOB, "bob-e", 1));

        // Then
        assertThat(named("ann-e-2")).isPresent();
        assertThat(named("bob-e")).contains(new Learner(BOB, "bob-e"));
    }

    @Test
    void a_name_that_was_handed_on_is_its_newest_holders() {
        // When
        name(new LearnerName(ANN, "shared-e", 10), new LearnerName(BOB, "shared-e", 20));

        // Then
        assertThat(named("shared-e")).contains(new Learner(BOB, "shared-e"));
    }

    @Test
    void names_differ_by_upper_and_lower_case() {
        // When
        name(new LearnerName(ANN, "Ann-E", 10));

        // Then
        assertThat(named("ann-e")).isEmpty();
    }

    @Test
    void the_newest_word_on_an_enrollment_counts_in_any_order() {
        // When
        change(ANN, true, "audit", 10);
        change(ANN, false, "verified", 30);
        change(ANN, true, "honor", 20);

        // Then
        assertThat(stored(ANN)).containsEntry("active", false).containsEntry("mode", "verified").containsEntry("changed_at",
                30L);
    }

    @Test
    void of_equally_new_words_the_last_counts() {
        // When
        change(ANN, true, "audit", 10);
        change(ANN, false, "audit", 10);

        // Then
        assertThat(stored(ANN)).containsEntry("active", false);
    }

    @Test
    void of_several_words_in_one_batch_the_newest_is_kept() {
        // When
        var enrollment = new Enrollment(COURSE, ANN);
        record(List.of(new EnrollmentChange(enrollment, true, "verified", 20),
                new EnrollmentChange(enrollment, false, "audit", 10)));

        // Then
        assertThat(stored(ANN)).containsEntry("active", true).containsEntry("mode", "verified");
    }

    @Test
    void recording_nothing_is_nothing() {
        // When
        record(List.of());
        name();

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM enrollment WHERE course_id = ?", COURSE)).isZero();
    }

    @Test
    void a_name_or_a_mode_the_lms_could_not_have_does_not_exist() {
        assertThatThrownBy(() -> new LearnerName(ANN, "", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LearnerName(ANN, "x".repeat(151), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EnrollmentChange(new Enrollment(COURSE, ANN), true, "x".repeat(101), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new LearnerName(ANN, "🎓".repeat(150), 1).username()).hasSize(300);
    }

    private void name(LearnerName... names) {
        Result.of(transactions.run(transaction -> enrollments.recordNames(transaction, List.of(names))));
    }

    private void change(long learnerId, boolean active, String mode, long at) {
        record(List.of(new EnrollmentChange(new Enrollment(COURSE, learnerId), active, mode, at)));
    }

    private void record(List<EnrollmentChange> changes) {
        Result.of(transactions.run(transaction -> enrollments.record(transaction, changes)));
    }

    private Optional<Learner> named(String username) {
        return Result.of(enrollments.named(username));
    }

    private static Map<String, Object> stored(long learnerId) {
        return Database.rows("SELECT active, mode, changed_at FROM enrollment WHERE course_id = ? AND learner_id = ?", COURSE,
                learnerId).get(0);
    }
}
