package org.openedx.aggregator.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

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
class CohortsTest {

    private static final int COURSE = 2_000_000_012;
    private static final long COHORT = 2_000_000_012_000L;
    private static final Enrollment ANN = new Enrollment(COURSE, 2_000_000_012_001L);

    @Inject
    Cohorts cohorts;

    @Inject
    Transactions transactions;

    @BeforeEach
    void empty() {
        Database.rows("DELETE FROM cohort_member WHERE course_id = ?", COURSE);
        Database.rows("DELETE FROM cohort WHERE course_id = ?", COURSE);
        Database.rows("DELETE FROM cohort_group WHERE cohort_id = ?", COHORT);
    }

    @Test
    void the_newest_word_on_a_membership_counts_whether_it_names_the_cohort_or_numbers_it() {
        // When
        join(new Membership(ANN, Optional.of(COHORT), Optional.empty(), 20));
        join(new Membership(ANN, Optional.empty(), Optional.of("old"), 10));
        join(new Membership(ANN, Optional.empty(), Optional.of("new"), 30));
        join(new Membership(ANN, Optional.empty(), Optional.empty(), 25));

        // Then
        assertThat(Database.rows("SELECT cohort_id, cohort_name, changed_at FROM cohort_member WHERE course_id = ?", COURSE))
                .hasToString("[{cohort_id=null, cohort_name=new, changed_at=30}]");
    }

    @Test
    void only_what_is_different_now_is_said_to_have_changed() {
        // When
        var created = record(cohort("A", true, 10));
        var repeated = record(cohort("A", true, 20));
        var outdated = record(cohort("B", true, 15));
        var renamed = record(cohort("B", true, 20));
        var deleted = record(cohort("B", false, 30));

        // Then
        assertThat(List.of(created, repeated, outdated, renamed, deleted))
                .containsExactly(Set.of(COHORT), Set.of(), Set.of(), Set.of(COHORT), Set.of(COHORT));
        assertThat(Database.rows("SELECT name, present, changed_at FROM cohort WHERE id = ?", COHORT))
                .hasToString("[{name=B, present=false, changed_at=30}]");
    }

    @Test
    void a_group_that_is_taken_away_and_never_was_is_told_from_one_that_stays() {
        // When
        var none = group(Optional.empty(), 10);
        var stillNone = group(Optional.empty(), 20);
        var some = group(Optional.of(new Group(1, 2)), 30);

        // Then
        assertThat(List.of(none, stillNone, some)).containsExactly(Set.of(COHORT), Set.of(), Set.of(COHORT));
    }

    @Test
    void cohorts_by_the_thousand_are_written() {
        // When
        var changed = record(LongStream.range(0, 1300)
                .mapToObj(number -> new Cohort(COHORT + number, COURSE, "C" + number, true, 1))
                .toArray(Cohort[]::new));

        // Then
        assertThat(changed).hasSize(1300);
        assertThat(Database.number("SELECT COUNT(*) FROM cohort WHERE course_id = ?", COURSE)).isEqualTo(1300);
    }

    private static Cohort cohort(String name, boolean present, long at) {
        return new Cohort(COHORT, COURSE, name, present, at);
    }

    private void join(Membership membership) {
        Result.of(transactions.run(transaction -> cohorts.recordMembers(transaction, List.of(membership))));
    }

    private Set<Long> record(Cohort... words) {
        return Result.of(transactions.run(transaction -> cohorts.record(transaction, List.of(words))));
    }

    private Set<Long> group(Optional<Group> group, long at) {
        return Result.of(transactions.run(transaction -> cohorts.recordGroups(transaction,
                List.of(new CohortGroup(COHORT, group, at)))));
    }
}
