package org.openedx.aggregator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.progress.PackedAggregates.Difference;

import com.fasterxml.jackson.databind.ObjectMapper;

class PackedAggregatesTest {

    private static final long NOON = 1_772_366_400_000_000L;

    @Test
    void nothing_is_an_empty_list() {
        // When
        var packed = pack(List.of());

        // Then
        assertThat(packed.text()).isEqualTo("[]");
        assertThat(packed.unpack()).isEmpty();
    }

    @Test
    void whole_numbers_have_no_fraction_and_never_is_left_out() {
        // When
        var packed = pack(List.of(new Aggregate(3, 4, NOON), new Aggregate(0, 4, Aggregate.NEVER)));

        // Then
        assertThat(packed.text()).isEqualTo("[[3,4,1772366400000000],[0,4]]");
    }

    @Test
    void what_is_optional_and_what_is_hidden_is_kept() {
        // When
        var packed = new PackedAggregates.Builder(3)
                .add(new Aggregate(1, 2, NOON, 0.5, 3))
                .addHidden()
                .add(new Aggregate(0, 0, Aggregate.NEVER, 0, 1))
                .build();

        // Then
        assertThat(packed.text()).isEqualTo("[[1,2,1772366400000000,0.5,3],[],[0,0,null,0,1]]");
        assertThat(packed.unpack()).containsExactly(Optional.of(new Aggregate(1, 2, NOON, 0.5, 3)), Optional.empty(),
                Optional.of(new Aggregate(0, 0, Aggregate.NEVER, 0, 1)));
    }

    @Test
    void what_differs_from_an_earlier_result_is_found_at_its_place() {
        // Given
        var random = new Random(2);
        for (int round = 0; round < 300; round++) {
            var before = new ArrayList<Optional<Aggregate>>();
            var now = new ArrayList<Optional<Aggregate>>();
            var expected = new ArrayList<Difference>();
            for (int index = 0; index < random.nextInt(20); index++) {
                before.add(random.nextInt(5) == 0 ? Optional.empty() : Optional.of(aggregate(random)));
                now.add(random.nextBoolean() ? before.get(index) : Optional.of(aggregate(random)));
                if (!before.get(index).equals(now.get(index))) {
                    expected.add(new Difference(index, before.get(index), now.get(index)));
                }
            }

            // Then
            assertThat(packVisible(now).since(packVisible(before))).isEqualTo(expected);
        }
        assertThat(new PackedAggregates("[[1,2],[]]").since(new PackedAggregates("[]"))).containsExactly(
                new Difference(0, Optional.empty(), Optional.of(new Aggregate(1, 2, Aggregate.NEVER))),
                new Difference(1, Optional.empty(), Optional.empty()));
    }

    @Test
    void a_text_cut_before_a_bracket_gives_the_blocks_before_it() {
        // When
        var unpacked = new PackedAggregates("[[1,2],[],[0,4,7,1,2").unpack();

        // Then
        assertThat(unpacked).containsExactly(Optional.of(new Aggregate(1, 2, Aggregate.NEVER)), Optional.empty(),
                Optional.of(new Aggregate(0, 4, 7, 1, 2)));
        assertThat(new PackedAggregates("[[1,2],[").unpack()).hasSize(2).endsWith(Optional.empty());
    }

    @Test
    void what_is_packed_is_unpacked_to_the_last_bit() {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            // Given
            var aggregates = new ArrayList<Optional<Aggregate>>();
            for (int count = random.nextInt(20); count > 0; count--) {
                aggregates.add(random.nextInt(5) == 0 ? Optional.empty() : Optional.of(aggregate(random)));
            }

            // When
            var unpacked = packVisible(aggregates).unpack();

            // Then
            assertThat(unpacked).isEqualTo(aggregates);
        }
    }

    @Test
    void very_small_and_very_large_numbers_are_unpacked() {
        // Given
        var aggregates = List.of(new Aggregate(1e-9, 1e15, NOON), new Aggregate(Double.MIN_VALUE, 123_456_789.5, -1));

        // When
        var unpacked = pack(aggregates).unpack();

        // Then
        assertThat(unpacked).isEqualTo(aggregates.stream().map(Optional::of).toList());
    }

    @Test
    void the_text_is_json() throws Exception {
        // Given
        var packed = pack(List.of(new Aggregate(1.0 / 3, 2, NOON), new Aggregate(1e-7, 1, Aggregate.NEVER)));

        // When
        var json = new ObjectMapper().readTree(packed.text());

        // Then
        assertThat(json.get(0).get(0).asDouble()).isEqualTo(1.0 / 3);
        assertThat(json.get(1).get(0).asDouble()).isEqualTo(1e-7);
        assertThat(json.get(1)).hasSize(2);
    }

    @Test
    void equal_texts_have_equal_digests_and_different_ones_do_not() {
        // Given
        var one = pack(List.of(new Aggregate(1, 2, NOON)));
        var same = pack(List.of(new Aggregate(1, 2, NOON)));
        var later = pack(List.of(new Aggregate(1, 2, NOON + 1)));

        // Then
        assertThat(one.digest()).isEqualTo(same.digest()).isNotEqualTo(later.digest());
    }

    private static Aggregate aggregate(Random random) {
        double earned = random.nextBoolean() ? random.nextInt(1000) : random.nextDouble() * 1000;
        return new Aggregate(earned, random.nextInt(2000), random.nextInt(4) == 0 ? Aggregate.NEVER : NOON + random.nextInt(),
                0.0, random.nextInt(3));
    }

    private static PackedAggregates packVisible(List<Optional<Aggregate>> aggregates) {
        var builder = new PackedAggregates.Builder(aggregates.size());
        aggregates.forEach(it -> it.ifPresentOrElse(builder::add, builder::addHidden));
        return builder.build();
    }

    private static PackedAggregates pack(List<Aggregate> aggregates) {
        var builder = new PackedAggregates.Builder(aggregates.size());
        aggregates.forEach(builder::add);
        return builder.build();
    }
}
