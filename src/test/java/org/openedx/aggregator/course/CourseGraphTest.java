package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.course.Keys.block;
import static org.openedx.aggregator.course.Keys.key;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.course.RegisteredBlocks.RegisteredBlock;

class CourseGraphTest {

    private final CourseStructure structure = Keys.structure(
            block("course/course", "chapter/1", "chapter/2"),
            block("chapter/1", "vertical/a", "discussion/d"),
            block("chapter/2", "vertical/b", "wrapper/w"),
            block("vertical/a", "html/x", "html/shared"),
            block("vertical/b", "html/shared", "html/y"),
            block("wrapper/w", "html/z"),
            block("discussion/d", "html/unseen"),
            block("html/x"), block("html/y"), block("html/z"), block("html/shared"), block("html/unseen"));

    private final CourseGraph graph = CourseGraphFixture.compile(5, structure, CourseGraphFixture.ids(structure));

    @Test
    void children_come_before_their_parents_and_the_root_last() {
        assertThat(IntStream.range(0, graph.size())).allSatisfy(node -> assertThat(
                IntStream.range(graph.firstChild(node), graph.firstChild(node + 1)).map(graph::child))
                .allMatch(child -> child < node));
        assertThat(node("course/course")).isEqualTo(graph.size() - 1);
    }

    @Test
    void what_is_excluded_or_beneath_it_is_not_there() {
        assertThat(graph.node(id("discussion/d"))).isEmpty();
        assertThat(graph.node(id("html/unseen"))).isEmpty();
        assertThat(graph.completableNode(id("html/unseen"))).isEqualTo(-1);
    }

    @Test
    void an_aggregator_cannot_be_completed() {
        assertThat(graph.completableNode(id("vertical/a"))).isEqualTo(-1);
        assertThat(graph.node(id("vertical/a"))).isPresent();
    }

    @Test
    void possible_counts_a_shared_block_once_for_each_way() {
        assertThat(graph.possible(node("course/course"))).isEqualTo(5.0);
        assertThat(graph.possible(node("chapter/2"))).isEqualTo(3.0);
    }

    @Test
    void results_are_kept_by_type_and_within_a_type_in_the_order_of_the_course() {
        assertThat(graph.registered().blocks()).extracting(RegisteredBlock::blockKey).containsExactly(
                key("course/course").value(), key("chapter/1").value(), key("chapter/2").value(),
                key("vertical/a").value(), key("vertical/b").value());
    }

    @Test
    void beneath_a_block_is_it_and_all_it_holds() {
        // When
        var beneath = graph.beneath(node("chapter/2"));

        // Then
        assertThat(beneath.stream()).containsExactlyInAnyOrder(node("chapter/2"), node("vertical/b"), node("html/shared"),
                node("html/y"), node("wrapper/w"), node("html/z"));
    }

    @Test
    void beneath_the_root_is_everything_and_beneath_a_leaf_itself() {
        assertThat(graph.beneath(graph.size() - 1).cardinality()).isEqualTo(graph.size());
        assertThat(graph.beneath(node("html/x")).stream()).containsExactly(node("html/x"));
    }

    @Test
    void beneath_agrees_with_a_walk_in_random_courses() {
        var structures = new RandomStructures(4);
        for (int round = 0; round < 200; round++) {
            // Given
            var random = structures.next();
            var compiled = CourseGraphFixture.compile(1, random, CourseGraphFixture.ids(random));

            // Then
            for (int node = 0; node < compiled.size(); node++) {
                assertThat(compiled.beneath(node).stream()).containsExactlyInAnyOrderElementsOf(walk(compiled, node));
            }
        }
    }

    private static Set<Integer> walk(CourseGraph graph, int node) {
        var met = new HashSet<Integer>();
        met.add(node);
        for (int position = graph.firstChild(node); position < graph.firstChild(node + 1); position++) {
            met.addAll(walk(graph, graph.child(position)));
        }
        return met;
    }

    private int node(String name) {
        return graph.node(id(name)).orElseThrow();
    }

    private int id(String name) {
        return CourseGraphFixture.ids(structure).get(key(name));
    }
}
