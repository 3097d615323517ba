package org.openedx.aggregator.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

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
class CompletionsTest {

    private static final int COURSE = 2_000_000_003;
    private static final Enrollment ANN = new Enrollment(COURSE, 1);
    private static final Enrollment BOB = new Enrollment(COURSE, 2);
    private static final Enrollment NOBODY = new Enrollment(COURSE, 3);
    private static final long NOON = 1_772_366_400_123_456L;

    @Inject
    Completions completions;

    @Inject
    Transactions transactions;

    @BeforeEach
    void empty() {
        Database.rows("DELETE FROM block_completion WHERE course_id = ?", COURSE);
    }

    @Test
    void a_fact_comes_out_as_it_went_in() {
        // When
        record(completed(ANN, 7, 1.0 / 3, NOON));

        // Then
        assertThat(facts(ANN)).isEqualTo(Map.of(7, new Fact(1.0 / 3, NOON)));
    }

    @Test
    void the_newest_counts_in_whatever_order_they_come() {
        // When
        record(completed(ANN, 7, 0.5, NOON));
        record(completed(ANN, 7, 1.0, NOON - 1));
        record(completed(ANN, 8, 1.0, NOON), completed(ANN, 8, 0.25, NOON + 1), completed(ANN, 8, 0.5, NOON - 1));

        // Then
        assertThat(facts(ANN)).isEqualTo(Map.of(7, new Fact(0.5, NOON), 8, new Fact(0.25, NOON + 1)));
    }

    @Test
    void of_equally_new_ones_the_last_counts() {
        // When
        record(completed(ANN, 7, 0.5, NOON));
        record(completed(ANN, 7, 1.0, NOON), completed(ANN, 7, 0.0, NOON));

        // Then
        assertThat(facts(ANN)).isEqualTo(Map.of(7, new Fact(0.0, NOON)));
    }

    @Test
    void a_deleted_completion_is_no_fact_and_an_older_event_cannot_bring_it_back() {
        // Given
        record(completed(ANN, 7, 1.0, NOON));

        // When
        record(deleted(ANN, 7, NOON + 5));
        record(completed(ANN, 7, 1.0, NOON + 4));

        // Then
        assertThat(facts(ANN)).isEmpty();
        assertThat(exists(completed(ANN, 7, 1.0, NOON))).isFalse();
    }

    @Test
    void a_newer_event_brings_a_deleted_completion_back() {
        // Given
        record(deleted(ANN, 7, NOON));

        // When
        record(completed(ANN, 7, 0.5, NOON + 1));

        // Then
        assertThat(facts(ANN)).isEqualTo(Map.of(7, new Fact(0.5, NOON + 1)));
        assertThat(exists(completed(ANN, 7, 1.0, NOON))).isTrue();
    }

    @Test
    void facts_are_read_by_enrollment_and_who_has_none_is_absent() {
        // Given
        record(completed(ANN, 7, 1.0, NOON), completed(BOB, 8, 1.0, NOON));

        // When
        var facts = Result.of(completions.of(List.of(ANN, BOB, NOBODY)));

        // Then
        assertThat(facts).containsOnlyKeys(ANN, BOB);
        assertThat(facts.get(BOB).blockId(0)).isEqualTo(8);
    }

    @Test
    void nothing_is_asked_about_nobody() {
        assertThat(Result.of(completions.of(List.of()))).isEmpty();
    }

    @Test
    void facts_by_the_thousand_go_in_and_come_out() {
        // Given
        var many = new ArrayList<BlockCompletion>();
        for (int block = 1; block <= 5000; block++) {
            many.add(completed(ANN, block, block % 3 / 3.0, NOON + block));
        }

        // When
        record(many.toArray(BlockCompletion[]::new));

        // Then
        assertThat(facts(ANN)).hasSize(5000).containsEntry(4999, new Fact(4999 % 3 / 3.0, NOON + 4999));
    }

    @Test
    void any_order_any_batches_and_any_repetition_end_in_the_same_facts() {
        for (int seed = 0; seed < 10; seed++) {
            // Given
            empty();
            var random = new Random(seed);
            var events = events(random);
            var expected = new HashMap<Integer, Fact>();
            events.stream().sorted((one, other) -> Long.compare(one.modified(), other.modified())).forEach(event -> {
                expected.remove(event.blockId());
                event.completion().ifPresent(it -> expected.put(event.blockId(), new Fact(it, event.modified())));
            });

            // When
            for (int from = 0; from < events.size();) {
                int to = Math.min(events.size(), from + 1 + random.nextInt(40));
                record(events.subList(from, to).toArray(BlockCompletion[]::new));
                from = random.nextInt(4) == 0 ? Math.max(0, from - 10) + 11 : to;
            }
            record(events.toArray(BlockCompletion[]::new));

            // Then
            assertThat(facts(ANN)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private record Fact(double completion, long modified) {
    }

    private static List<BlockCompletion> events(Random random) {
        var events = new ArrayList<BlockCompletion>();
        for (int number = 0; number < 200; number++) {
            int block = 1 + random.nextInt(30);
            events.add(random.nextInt(5) == 0
                    ? deleted(ANN, block, NOON + number)
                    : completed(ANN, block, random.nextInt(11) / 10.0, NOON + number));
        }
        Collections.shuffle(events, random);
        return events;
    }

    private static BlockCompletion completed(Enrollment enrollment, int blockId, double completion, long modified) {
        return new BlockCompletion(enrollment, blockId, OptionalDouble.of(completion), modified);
    }

    private static BlockCompletion deleted(Enrollment enrollment, int blockId, long modified) {
        return new BlockCompletion(enrollment, blockId, OptionalDouble.empty(), modified);
    }

    private void record(BlockCompletion... facts) {
        Result.of(transactions.run(transaction -> completions.record(transaction, List.of(facts))));
    }

    private boolean exists(BlockCompletion fact) {
        return Result.of(transactions.run(transaction -> completions.exists(transaction, fact)));
    }

    private Map<Integer, Fact> facts(Enrollment enrollment) {
        var facts = Result.of(completions.of(List.of(enrollment))).getOrDefault(enrollment, CompletedBlocks.NONE);
        var byBlock = new HashMap<Integer, Fact>();
        for (int index = 0; index < facts.size(); index++) {
            byBlock.put(facts.blockId(index), new Fact(facts.completion(index), facts.modified(index)));
        }
        return byBlock;
    }
}
