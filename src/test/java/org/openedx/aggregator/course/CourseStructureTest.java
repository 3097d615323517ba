package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openedx.aggregator.course.Keys.block;
import static org.openedx.aggregator.course.Keys.byKey;
import static org.openedx.aggregator.course.Keys.key;
import static org.openedx.aggregator.course.Keys.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

class CourseStructureTest {

    @Test
    void blocks_are_in_pre_order_from_the_root() {
        // When
        var structure = structure(block("html/b"), block("chapter/2", "html/b", "html/a"), block("html/a"),
                block("course/course", "chapter/2", "chapter/1"), block("chapter/1", "html/c"), block("html/c"));

        // Then
        assertThat(structure.blocks().keySet()).containsExactly(key("course/course"), key("chapter/2"), key("html/b"),
                key("html/a"), key("chapter/1"), key("html/c"));
    }

    @Test
    void a_block_of_several_parents_stands_where_it_is_met_first() {
        // When
        var structure = structure(block("course/course", "chapter/1", "chapter/2"), block("chapter/1", "html/a"),
                block("chapter/2", "html/b", "html/a"), block("html/a"), block("html/b"));

        // Then
        assertThat(structure.blocks().keySet()).containsExactly(key("course/course"), key("chapter/1"), key("html/a"),
                key("chapter/2"), key("html/b"));
    }

    @Test
    void nobody_can_change_it() {
        // Given
        var structure = structure(block("course/course"));

        // When
        ThrowingCallable clear = structure.blocks()::clear;

        // Then
        assertThatThrownBy(clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_deprecated_course_takes_keys_that_know_no_run() {
        // Given
        var root = UsageKey.parse("i4x://Org/Math/course/2026");
        var html = UsageKey.parse("i4x://Org/Math/html/a");

        // When
        var structure = new CourseStructure(CourseKey.parse("Org/Math/2026"), root,
                byKey(List.of(Block.of(root, List.of(html)), Block.of(html, List.of()))));

        // Then
        assertThat(structure.blocks()).hasSize(2);
    }

    @Test
    void a_missing_root_is_refused() {
        assertRefused("The root block-v1:Org+Math+2026+type@course+block@course is not among the blocks.",
                block("chapter/1"));
    }

    @Test
    void a_missing_child_is_refused() {
        assertRefused("Block block-v1:Org+Math+2026+type@chapter+block@1 names a child that is missing: "
                + "block-v1:Org+Math+2026+type@html+block@a.",
                block("course/course", "chapter/1"), block("chapter/1", "html/a"));
    }

    @Test
    void the_same_child_twice_is_refused() {
        assertRefused("Block block-v1:Org+Math+2026+type@course+block@course names a child twice: "
                + "block-v1:Org+Math+2026+type@html+block@a.",
                block("course/course", "html/a", "html/a"), block("html/a"));
    }

    @Test
    void a_block_in_itself_is_refused() {
        assertRefused("Block block-v1:Org+Math+2026+type@vertical+block@1 contains itself.",
                block("course/course", "vertical/1"), block("vertical/1", "vertical/1"));
    }

    @Test
    void a_cycle_is_refused_by_a_block_of_the_cycle() {
        assertThatThrownBy(() -> structure(block("course/course", "vertical/1"), block("vertical/1", "vertical/2", "html/a"),
                block("vertical/2", "vertical/1", "html/a"), block("html/a")))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageMatching("Block block-v1:Org\\+Math\\+2026\\+type@vertical\\+block@[12] contains itself\\.");
    }

    @Test
    void a_cycle_that_nothing_leads_to_is_refused() {
        assertThatThrownBy(() -> structure(block("course/course"), block("vertical/1", "vertical/2"),
                block("vertical/2", "vertical/1")))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageEndingWith("contains itself.");
    }

    @Test
    void a_root_with_a_parent_is_refused() {
        assertRefused("The root block-v1:Org+Math+2026+type@course+block@course is a child of another block.",
                block("course/course", "chapter/1"), block("chapter/1", "course/course"));
    }

    @Test
    void a_second_root_is_refused() {
        assertRefused("Block block-v1:Org+Math+2026+type@html+block@lost has no parent; "
                + "only the root block-v1:Org+Math+2026+type@course+block@course may have none.",
                block("course/course"), block("html/lost"));
    }

    @Test
    void a_block_of_another_course_is_refused() {
        // Given
        var foreign = UsageKey.parse("block-v1:Org+Physics+2026+type@html+block@a");

        // When
        ThrowingCallable create = () -> structure(Block.of(Keys.ROOT, List.of(foreign)), Block.of(foreign, List.of()));

        // Then
        assertThatThrownBy(create).isInstanceOf(InvalidStructureException.class)
                .hasMessage("Block " + foreign.value() + " does not belong to course-v1:Org+Math+2026.");
    }

    @Test
    void a_block_under_a_foreign_name_is_refused() {
        // Given
        var misplaced = Map.of(Keys.ROOT, block("html/a"));

        // When
        ThrowingCallable create = () -> new CourseStructure(Keys.COURSE, Keys.ROOT, misplaced);

        // Then
        assertThatThrownBy(create).isInstanceOf(InvalidStructureException.class).hasMessageContaining("is listed as");
    }

    @Test
    void the_deepest_course_allowed_is_accepted() {
        assertThat(structure(chain(CourseStructure.MAX_DEPTH)).blocks()).hasSize(CourseStructure.MAX_DEPTH);
    }

    @ParameterizedTest
    @ValueSource(ints = { CourseStructure.MAX_DEPTH + 1, 100_000 })
    void a_deeper_course_is_refused_without_exhausting_the_stack(int depth) {
        assertRefused("Block block-v1:Org+Math+2026+type@vertical+block@1000 is nested more than 1000 levels deep.",
                chain(depth));
    }

    @Test
    void a_course_whose_counts_no_number_would_hold_is_refused() {
        assertThatThrownBy(() -> structure(diamonds(40)))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageEndingWith("is reached from the root in more than 10000 ways.");
    }

    @Test
    void a_block_without_a_type_is_refused() {
        assertThatThrownBy(() -> new Block(Keys.ROOT, " ", "", List.of(), block("html/a").completionMode(),
                block("html/a").start(), false, false, Map.of(), block("html/a").maxCount(),
                block("html/a").daysEarlyForBeta()))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("has an empty type");
    }

    @Test
    void days_early_are_days() {
        for (double days : new double[] { -1, Double.NaN, 367 }) {
            assertThatThrownBy(() -> new Block(Keys.ROOT, "course", "", List.of(), block("html/a").completionMode(),
                    block("html/a").start(), false, false, Map.of(), block("html/a").maxCount(), OptionalDouble.of(days)))
                    .isInstanceOf(InvalidStructureException.class)
                    .hasMessageContaining("days_early_for_beta must be 0 to 366.0");
        }
    }

    private static Block[] chain(int depth) {
        var blocks = new ArrayList<Block>();
        blocks.add(depth == 1 ? block("course/course") : block("course/course", "vertical/1"));
        for (int i = 1; i < depth; i++) {
            blocks.add(i == depth - 1 ? block("vertical/" + i) : block("vertical/" + i, "vertical/" + (i + 1)));
        }
        return blocks.toArray(Block[]::new);
    }

    // Two blocks on each level, and both hold both of the next: the ways double with each level.
    private static Block[] diamonds(int levels) {
        var blocks = new ArrayList<Block>();
        blocks.add(block("course/course", "vertical/a0", "vertical/b0"));
        for (int i = 0; i < levels; i++) {
            blocks.add(block("vertical/a" + i, "vertical/a" + (i + 1), "vertical/b" + (i + 1)));
            blocks.add(block("vertical/b" + i, "vertical/a" + (i + 1), "vertical/b" + (i + 1)));
        }
        blocks.add(block("vertical/a" + levels));
        blocks.add(block("vertical/b" + levels));
        return blocks.toArray(Block[]::new);
    }

    private static void assertRefused(String message, Block... blocks) {
        assertThatThrownBy(() -> structure(blocks)).isInstanceOf(InvalidStructureException.class).hasMessage(message);
    }
}
