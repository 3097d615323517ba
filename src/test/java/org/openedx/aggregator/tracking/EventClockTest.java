package org.openedx.aggregator.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

@QuarkusTest
class EventClockTest {

    private static final AtomicLong NEXT_LEARNER = new AtomicLong(9_700_000);
    private static final long NOON = 1_772_366_400_123_456L;

    @Inject
    EventClock clock;

    @Inject
    Transactions transactions;

    private final long ann = NEXT_LEARNER.incrementAndGet();
    private final long bob = NEXT_LEARNER.incrementAndGet();

    @Test
    void a_learners_first_event_has_the_time_of_the_change() {
        assertThat(stamp(change(1, ann, 3, NOON), change(1, bob, 1, NOON))).containsExactly(NOON, NOON);
    }

    @Test
    void events_of_the_same_microsecond_follow_each_other() {
        // Given
        stamp(change(1, ann, 3, NOON));

        // Then
        assertThat(stamp(change(2, ann, 2, NOON))).containsExactly(NOON + 3);
        assertThat(stamp(change(1, ann, 1, NOON + 100))).containsExactly(NOON + 100);
    }

    @Test
    void a_replica_whose_clock_is_behind_goes_on_where_the_others_are() {
        // Given
        stamp(change(1, ann, 3, NOON));

        // Then
        assertThat(stamp(change(1, ann, 1, NOON - 1_000_000))).containsExactly(NOON + 3);
    }

    @Test
    void two_courses_of_a_learner_in_one_step_share_nothing() {
        assertThat(stamp(change(1, ann, 3, NOON), change(2, ann, 2, NOON))).containsExactly(NOON, NOON + 3);
    }

    @Test
    void what_is_stamped_at_once_is_stamped_one_after_the_other() {
        // Given
        var one = transactions.run(transaction -> clock.stamp(transaction, List.of(change(1, ann, 5, NOON))));

        // When
        var all = Result.of(Uni.join().all(Collections.nCopies(8, one)).andFailFast());

        // Then
        assertThat(all).extracting(changes -> changes.get(0).firstAt()).containsExactlyInAnyOrder(NOON, NOON + 5,
                NOON + 10, NOON + 15, NOON + 20, NOON + 25, NOON + 30, NOON + 35);
    }

    private List<Long> stamp(ResultChange... changes) {
        return Result.of(transactions.run(transaction -> clock.stamp(transaction, List.of(changes)))).stream()
                .map(ResultChange::firstAt)
                .toList();
    }

    private static ResultChange change(int course, long learner, int blocks, long at) {
        return new ResultChange(at, new Enrollment(course, learner), 1, at, at,
                Collections.nCopies(blocks, new BlockChange(1, 1, 1)));
    }
}
