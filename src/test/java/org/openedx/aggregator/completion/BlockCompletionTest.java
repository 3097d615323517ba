package org.openedx.aggregator.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.learner.Enrollment;

class BlockCompletionTest {

    @ParameterizedTest
    @ValueSource(doubles = { -0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
    void a_completion_outside_zero_to_one_does_not_exist(double completion) {
        assertThatThrownBy(() -> fact(completion, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("completion must be between 0.0 and 1.0, not " + completion);
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0.0, 1.0, 0.5, Double.MIN_VALUE })
    void a_completion_from_zero_to_one_does(double completion) {
        assertThat(fact(completion, 1).completion()).hasValue(completion);
    }

    @Test
    void the_newer_of_two_facts_counts_in_either_order() {
        // Given
        var older = fact(1.0, 1);
        var newer = fact(0.0, 2);

        // Then
        assertThat(BlockCompletion.newer(older, newer)).isEqualTo(newer);
        assertThat(BlockCompletion.newer(newer, older)).isEqualTo(newer);
    }

    @Test
    void of_two_equally_new_facts_the_later_to_arrive_counts() {
        // Given
        var first = fact(1.0, 1);
        var second = fact(0.0, 1);

        // Then
        assertThat(BlockCompletion.newer(first, second)).isEqualTo(second);
    }

    @Test
    void a_deletion_is_written_as_null() {
        assertThat(new BlockCompletion(new Enrollment(1, 2), 3, OptionalDouble.empty(), 4).sqlRow())
                .isEqualTo("(1,2,3,NULL,4)");
    }

    private static BlockCompletion fact(double completion, long modified) {
        return new BlockCompletion(new Enrollment(1, 2), 3, OptionalDouble.of(completion), modified);
    }
}
