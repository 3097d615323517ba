package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BlockIndexTest {

    @Test
    void an_empty_index_holds_nothing() {
        assertThat(new BlockIndex(new int[0], new int[0]).get(0)).isEqualTo(BlockIndex.ABSENT);
    }

    @Test
    void ids_that_follow_each_other_are_found_and_their_neighbours_are_not() {
        // Given
        var ids = IntStream.range(1, 1001).toArray();

        // When
        var index = new BlockIndex(ids, IntStream.range(0, 1000).toArray());

        // Then
        assertThat(IntStream.range(1, 1001)).allMatch(id -> index.get(id) == id - 1);
        assertThat(index.get(0)).isEqualTo(BlockIndex.ABSENT);
        assertThat(index.get(1001)).isEqualTo(BlockIndex.ABSENT);
    }

    @Test
    void any_ids_are_found_and_no_others() {
        for (int seed = 0; seed < 200; seed++) {
            // Given
            var ids = new Random(seed).ints().distinct().limit(seed).toArray();

            // When
            var index = new BlockIndex(ids, IntStream.range(0, ids.length).toArray());

            // Then
            assertThat(IntStream.range(0, ids.length)).allMatch(node -> index.get(ids[node]) == node);
            assertThat(new Random(-1 - seed).ints(500).filter(id -> IntStream.of(ids).noneMatch(it -> it == id)))
                    .allMatch(id -> index.get(id) == BlockIndex.ABSENT);
        }
    }
}
