package org.openedx.aggregator.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.learner.Enrollment;

class CompletedBlocksTest {

    private static final Enrollment SOMEBODY = new Enrollment(1, 2);

    @Test
    void one_fact_is_read() {
        // When
        var facts = CompletedBlocks.parse("17:1:1772366400123456");

        // Then
        assertThat(facts.size()).isEqualTo(1);
        assertThat(facts.blockId(0)).isEqualTo(17);
        assertThat(facts.completion(0)).isEqualTo(1.0);
        assertThat(facts.modified(0)).isEqualTo(1_772_366_400_123_456L);
    }

    @Test
    void fractions_and_exponents_are_read() {
        // When
        var facts = CompletedBlocks.parse("1:0.3333333333333333:1,2:1e-9:2,3:0:3,2147483647:0.5:-4");

        // Then
        assertThat(facts.size()).isEqualTo(4);
        assertThat(facts.completion(0)).isEqualTo(1.0 / 3);
        assertThat(facts.completion(1)).isEqualTo(1e-9);
        assertThat(facts.completion(2)).isZero();
        assertThat(facts.blockId(3)).isEqualTo(Integer.MAX_VALUE);
        assertThat(facts.modified(3)).isEqualTo(-4);
    }

    @Test
    void as_many_facts_as_there_are_are_read() {
        var random = new Random(3);
        for (int size : List.of(1, 15, 16, 17, 1000)) {
            // Given
            var completions = random.doubles(size).boxed().toList();
            var text = completions.stream().map(it -> it.hashCode() + ":" + it + ":9").collect(Collectors.joining(","));

            // When
            var facts = CompletedBlocks.parse(text);

            // Then
            assertThat(facts.size()).isEqualTo(size);
            assertThat(read(facts)).isEqualTo(completions);
        }
    }

    @Test
    void a_deleted_completion_given_directly_earns_nothing() {
        // When
        var facts = CompletedBlocks.of(List.of(new BlockCompletion(SOMEBODY, 3, OptionalDouble.empty(), 5)));

        // Then
        assertThat(facts.completion(0)).isZero();
    }

    private static List<Double> read(CompletedBlocks facts) {
        var completions = new ArrayList<Double>();
        for (int index = 0; index < facts.size(); index++) {
            completions.add(facts.completion(index));
        }
        return completions;
    }
}
