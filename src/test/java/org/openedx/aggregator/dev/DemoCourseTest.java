package org.openedx.aggregator.dev;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.course.Block;
import org.openedx.aggregator.course.CompletionMode;
import org.openedx.aggregator.key.UsageKey;

class DemoCourseTest {

    @Test
    void the_course_is_large_enough_to_look_real() {
        // When
        var counts = blocks().collect(groupingBy(Block::type, counting()));

        // Then
        assertThat(counts.get("chapter")).isGreaterThanOrEqualTo(3);
        assertThat(counts).containsKeys("html", "problem", "video").containsEntry("discussion", 1L);
        assertThat(DemoCourse.completable()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    @Test
    void the_discussion_is_excluded() {
        // When
        var excluded = blocks().filter(block -> block.completionMode().equals(excluded())).map(Block::type);

        // Then
        assertThat(excluded).containsExactly("discussion");
    }

    @Test
    void one_block_has_two_parents() {
        // When
        var parents = blocks().map(Block::children).flatMap(List::stream).collect(groupingBy(UsageKey::value, counting()));

        // Then
        assertThat(parents.entrySet()).filteredOn(parent -> parent.getValue() > 1)
                .containsExactly(Map.entry("block-v1:Demo+NightSky+2025+type@html+block@star-chart", 2L));
    }

    @Test
    void every_block_has_a_title() {
        // When
        var untitled = blocks().filter(block -> block.displayName().isBlank());

        // Then
        assertThat(untitled).isEmpty();
    }

    private static Stream<Block> blocks() {
        return DemoCourse.upload().structure().blocks().values().stream();
    }

    private static Optional<CompletionMode> excluded() {
        return Optional.of(CompletionMode.EXCLUDED);
    }
}
