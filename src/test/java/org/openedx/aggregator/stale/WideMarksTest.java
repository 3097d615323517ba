package org.openedx.aggregator.stale;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

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
class WideMarksTest {

    private static final int COURSE = 2_000_000_011;
    private static final long ANN = 2_000_000_011_001L;
    private static final long BOB = 2_000_000_011_002L;
    private static final long COHORT = 2_000_000_011L;
    private static final WideMark ALL_OF_ANN = WideMark.ofLearner(ANN);
    private static final WideMark MEMBERS = WideMark.ofCohort(COHORT);

    @Inject
    StaleLedger ledger;

    @Inject
    Transactions transactions;

    @BeforeEach
    void empty() {
        Database.rows("DELETE FROM stale_completion");
        Database.rows("DELETE FROM enrollment WHERE course_id BETWEEN ? AND ?", COURSE, COURSE + 2);
        Database.rows("DELETE FROM cohort_member WHERE course_id = ?", COURSE);
        Database.rows("DELETE FROM cohort WHERE id = ?", COHORT);
    }

    @Test
    void all_active_enrolments_of_a_learner_are_marked_at_once() {
        // Given
        enroll(COURSE, ANN, true);
        enroll(COURSE + 1, ANN, true);
        enroll(COURSE + 2, ANN, false);
        enroll(COURSE, BOB, true);

        // When
        mark(ALL_OF_ANN);

        // Then
        assertThat(marked()).containsExactly(ALL_OF_ANN.mark(), new Enrollment(COURSE, ANN), new Enrollment(COURSE + 1, ANN));
    }

    @Test
    void members_of_a_cohort_are_marked_whether_known_by_its_id_or_by_a_name() {
        // Given
        enroll(COURSE, ANN, true);
        enroll(COURSE, BOB, true);
        enroll(COURSE, BOB + 1, true);
        Database.rows("INSERT INTO cohort (id, course_id, name) VALUES (?, ?, 'A')", COHORT, COURSE);
        Database.rows("INSERT INTO cohort_member (course_id, learner_id, cohort_id) VALUES (?, ?, ?), (?, ?, ?)", COURSE, ANN,
                COHORT, COURSE, BOB + 1, COHORT + 1);
        Database.rows("INSERT INTO cohort_member (course_id, learner_id, cohort_name) VALUES (?, ?, 'A')", COURSE, BOB);

        // When
        mark(MEMBERS);

        // Then
        assertThat(marked()).containsExactly(MEMBERS.mark(), new Enrollment(COURSE, ANN), new Enrollment(COURSE, BOB));
    }

    @Test
    void an_enrolment_that_was_being_written_is_found_when_the_mark_is_claimed() throws SQLException {
        try (var other = connection()) {
            // Given
            other.createStatement().execute("INSERT INTO enrollment (course_id, learner_id, active, mode, changed_at) VALUES ("
                    + COURSE + ", " + ANN + ", TRUE, 'audit', 1)");

            // When
            mark(ALL_OF_ANN);
            var unseen = marked();
            other.commit();
            var first = Result.of(ledger.claim(10));
            var second = Result.of(ledger.claim(10));

            // Then
            assertThat(unseen).containsExactly(ALL_OF_ANN.mark());
            assertThat(first.enrollments()).isEmpty();
            assertThat(first.isFollowed(10)).isTrue();
            assertThat(second.enrollments()).containsExactly(new Enrollment(COURSE, ANN));
            assertThat(second.isFollowed(10)).isFalse();
        }
    }

    @Test
    void a_member_who_was_being_added_is_found_when_the_mark_is_claimed() throws SQLException {
        // Given
        enroll(COURSE, ANN, true);
        try (var other = connection()) {
            other.createStatement()
                    .execute("INSERT INTO cohort_member (course_id, learner_id, cohort_id) VALUES (" + COURSE + ", "
                            + ANN + ", " + COHORT + ")");

            // When
            mark(MEMBERS);
            other.commit();
            Result.of(ledger.claim(10));

            // Then
            assertThat(Result.of(ledger.claim(10)).enrollments()).containsExactly(new Enrollment(COURSE, ANN));
            assertThat(marked()).containsExactly(new Enrollment(COURSE, ANN));
        }
    }

    @Test
    void a_wide_mark_whose_claimer_died_is_taken_over() {
        // Given
        mark(ALL_OF_ANN);
        enroll(COURSE, ANN, true);
        Database.rows("UPDATE stale_completion SET claim = 42, claimed_generation = generation");

        // When
        Result.of(ledger.claim(10));

        // Then
        assertThat(Result.of(ledger.claim(10)).enrollments()).containsExactly(new Enrollment(COURSE, ANN));
    }

    @Test
    void the_marks_that_were_claimed_with_a_wide_one_are_handed_on() {
        // Given
        enroll(COURSE, ANN, true);
        mark(ALL_OF_ANN);

        // When
        var batch = Result.of(ledger.claim(10));

        // Then
        assertThat(batch.enrollments()).containsExactly(new Enrollment(COURSE, ANN));
        assertThat(batch.expanded()).isOne();
    }

    private void mark(WideMark mark) {
        Result.of(transactions.run(transaction -> ledger.markWide(transaction, List.of(mark))));
    }

    private static void enroll(int course, long learner, boolean active) {
        Database.rows("INSERT INTO enrollment (course_id, learner_id, active, mode, changed_at) VALUES (?, ?, ?, 'audit', 1)",
                course, learner, active);
    }

    private static List<Enrollment> marked() {
        return Database.rows("SELECT course_id, learner_id FROM stale_completion ORDER BY course_id, learner_id").stream()
                .map(row -> new Enrollment((Integer) row.get("course_id"), (Long) row.get("learner_id")))
                .toList();
    }

    private static Connection connection() throws SQLException {
        var database = Database.sql();
        var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        connection.setAutoCommit(false);
        return connection;
    }
}
