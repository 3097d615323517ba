package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class CompletionPolicyTest {

    private static final CompletionPolicy POLICY = new CompletionPolicy(
            new ModeTable(Map.of("html", CompletionMode.COMPLETABLE, "odd=type", CompletionMode.EXCLUDED, "wrapper",
                    CompletionMode.AGGREGATOR), CompletionMode.COMPLETABLE),
            List.of("course", "vertical"), false);

    @Test
    void what_is_written_is_read_back() {
        assertThat(CompletionPolicy.parse(POLICY.text())).isEqualTo(POLICY);
    }

    @Test
    void the_stock_policy_is_read_back() {
        // Given
        var stock = new CompletionPolicy(ModeTable.stock(), List.of("course", "chapter"), false);

        // When
        var read = CompletionPolicy.parse(stock.text());

        // Then
        assertThat(read).isEqualTo(stock);
    }

    @Test
    void a_policy_without_types_is_read_back() {
        // Given
        var bare = new CompletionPolicy(new ModeTable(Map.of(), CompletionMode.EXCLUDED), List.of(), true);

        // When
        var read = CompletionPolicy.parse(bare.text());

        // Then
        assertThat(read).isEqualTo(bare);
    }

    @Test
    void equal_policies_are_written_alike_and_different_ones_differently() {
        // Given
        var same = CompletionPolicy.parse(POLICY.text());
        var other = new CompletionPolicy(POLICY.modes(), List.of("vertical", "course"), false);
        var unreleased = new CompletionPolicy(POLICY.modes(), POLICY.registered(), true);

        // Then
        assertThat(same.text()).isEqualTo(POLICY.text());
        assertThat(other.text()).isNotEqualTo(POLICY.text());
        assertThat(unreleased.text()).isNotEqualTo(POLICY.text());
        assertThat(CompletionPolicy.parse(unreleased.text())).isEqualTo(unreleased);
    }

    @Test
    void registered_types_aggregate_whether_or_not_they_are_in_the_table() {
        assertThat(POLICY.aggregatorTypes()).containsExactlyInAnyOrder("course", "vertical", "wrapper");
    }
}
