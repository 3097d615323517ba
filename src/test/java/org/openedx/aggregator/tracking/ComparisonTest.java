package org.openedx.aggregator.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.PackedAggregates;
import org.openedx.aggregator.progress.Progress;
import org.openedx.aggregator.tracking.NamedBlocks.NamedBlock;

class ComparisonTest {

    private static final Enrollment ANN = new Enrollment(1, 42);
    private static final long NOON = 1_772_366_400_123_456L;
    private static final NamedBlock COURSE = new NamedBlock("course", "c");
    private static final NamedBlock ONE = new NamedBlock("chapter", "1");
    private static final NamedBlock TWO = new NamedBlock("chapter", "2");

    private final Comparison comparison = new Comparison(
            Map.of(7, new NamedBlocks(List.of(COURSE, ONE, TWO)), 8, new NamedBlocks(List.of(COURSE, TWO))),
            Set.of("course", "chapter"));

    @Test
    void a_first_result_has_changed_throughout() {
        assertThat(comparison.changes(Optional.empty(), now(7, "[[1,4],[0,2],[1,2]]"))).containsExactly(
                new BlockChange(1, 1, 4), new BlockChange(2, 0, 2), new BlockChange(3, 1, 2));
    }

    @Test
    void of_the_same_version_blocks_are_compared_in_their_order() {
        assertThat(comparison.changes(before(7, "[[1,4],[0,2],[1,2]]"), now(7, "[[1.5,4],[0.5,2],[1,2]]"))).containsExactly(
                new BlockChange(1, 1.5, 4), new BlockChange(2, 0.5, 2));
    }

    @Test
    void a_block_with_more_or_less_to_do_has_changed() {
        assertThat(comparison.changes(before(7, "[[1,4],[0,2],[1,2]]"), now(7, "[[1,5],[0,3],[1,2]]")))
                .extracting(BlockChange::ordinal)
                .containsExactly(1, 2);
    }

    @Test
    void a_block_hidden_from_the_learner_tells_nothing_and_one_that_appears_has_changed() {
        assertThat(comparison.changes(before(7, "[[1,4],[0,2],[]]"), now(7, "[[1,4],[],[1,2]]")))
                .containsExactly(new BlockChange(3, 1, 2));
    }

    @Test
    void a_newer_time_alone_is_no_change() {
        assertThat(comparison.changes(before(7, "[[1,4," + NOON + "],[0,2],[1,2," + NOON + "]]"),
                now(7, "[[1,4," + (NOON + 1) + "],[0,2],[1,2," + (NOON + 1) + "]]"))).isEmpty();
    }

    @Test
    void across_versions_blocks_are_compared_by_their_keys() {
        assertThat(comparison.changes(before(7, "[[1,4],[0,2],[1,2]]"), now(8, "[[1,2],[1,2]]")))
                .containsExactly(new BlockChange(1, 1, 2));
    }

    @Test
    void a_block_that_is_new_in_the_course_has_changed() {
        assertThat(comparison.changes(before(8, "[[1,2],[1,2]]"), now(7, "[[1,2],[0,0],[1,2]]")))
                .containsExactly(new BlockChange(2, 0, 0));
    }

    @Test
    void other_types_are_not_looked_at() {
        // Given
        var chapters = new Comparison(Map.of(7, new NamedBlocks(List.of(COURSE, ONE, TWO))), Set.of("chapter"));

        // Then
        assertThat(chapters.changes(Optional.empty(), now(7, "[[1,4],[0,2],[1,2]]"))).extracting(BlockChange::ordinal)
                .containsExactly(2, 3);
    }

    @Test
    void changes_come_out_of_the_outbox_as_they_went_in() {
        // Given
        var changes = List.of(new BlockChange(1, 1.0 / 3, 4), new BlockChange(261, 0, 1e7), new BlockChange(2, 1e-5, 1));

        // Then
        assertThat(BlockChange.list(BlockChange.text(changes))).isEqualTo(changes);
    }

    private static Optional<StoredResult> before(int structureId, String blocks) {
        return Optional.of(new StoredResult(structureId, new PackedAggregates(blocks), NOON));
    }

    private static Progress now(int structureId, String blocks) {
        return new Progress(ANN, structureId, new Aggregate(0, 0, Aggregate.NEVER), new PackedAggregates(blocks));
    }
}
