package org.openedx.aggregator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.oracle.Course.Node;
import org.openedx.aggregator.oracle.Sent;
import org.openedx.aggregator.progress.Aggregate;

class RollUpTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long LEARNER = 7;

    private final Map<String, Node> blocks = new LinkedHashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    @Test
    void an_aggregator_is_the_sum_over_its_children() {
        // Given
        aggregator("course/c", "vertical/v");
        aggregator("vertical/v", "html/a", "html/b", "html/c");
        completables("html/a", "html/b", "html/c");
        completed("html/a", 1.0, NOON);
        completed("html/b", 0.5, NOON.minusSeconds(1));

        // When
        var course = rolledUp().course();

        // Then
        assertThat(course).isEqualTo(new Aggregate(1.5, 3.0, Compiled.micros(NOON)));
        assertThat(course.percent()).isEqualTo(0.5);
    }

    @Test
    void a_block_under_two_parents_counts_twice_in_their_common_ancestor() {
        // Given
        aggregator("course/c", "vertical/v", "vertical/w");
        aggregator("vertical/v", "html/a");
        aggregator("vertical/w", "html/a", "html/b");
        completables("html/a", "html/b");
        completed("html/a", 1.0, NOON);

        // When
        var course = rolledUp().course();

        // Then
        assertThat(course).isEqualTo(new Aggregate(2.0, 3.0, Compiled.micros(NOON)));
    }

    @Test
    void an_excluded_block_and_all_beneath_it_counts_nothing() {
        // Given
        aggregator("course/c", "vertical/v", "html/a");
        node("vertical/v", Mode.EXCLUDED, "html/b");
        completables("html/a", "html/b");
        completed("html/b", 1.0, NOON);

        // When
        var course = rolledUp().course();

        // Then
        assertThat(course).isEqualTo(new Aggregate(0.0, 1.0, Aggregate.NEVER));
    }

    @Test
    void a_completable_block_counts_one_whatever_lies_beneath_it() {
        // Given
        aggregator("course/c", "vertical/v");
        node("vertical/v", Mode.COMPLETABLE, "html/a", "html/b");
        completables("html/a", "html/b");
        completed("vertical/v", 0.25, NOON);
        completed("html/a", 1.0, NOON.plusSeconds(1));

        // When
        var course = rolledUp().course();

        // Then
        assertThat(course).isEqualTo(new Aggregate(0.25, 1.0, Compiled.micros(NOON)));
    }

    @Test
    void an_aggregator_without_completable_blocks_is_complete() {
        // Given
        aggregator("course/c", "chapter/x");
        aggregator("chapter/x");

        // When
        var chapter = rolledUp().registered().unpack().get(1).orElseThrow();

        // Then
        assertThat(chapter).isEqualTo(new Aggregate(0.0, 0.0, Aggregate.NEVER));
        assertThat(chapter.percent()).isEqualTo(1.0);
    }

    @Test
    void a_course_in_which_nothing_counts_is_complete_and_has_no_rows() {
        // Given
        node("course/c", Mode.EXCLUDED, "html/a");
        completables("html/a");
        completed("html/a", 1.0, NOON);

        // When
        var rollUp = rolledUp();

        // Then
        assertThat(rollUp.course().percent()).isEqualTo(1.0);
        assertThat(rollUp.registered().unpack()).isEmpty();
    }

    @Test
    void the_previous_learner_leaves_nothing_behind() {
        // Given
        aggregator("course/c", "html/a");
        completables("html/a");
        completed("html/a", 1.0, NOON);
        var rollUp = rolledUp();

        // When
        var nobody = rollUp.of(CompletedBlocks.NONE).course();

        // Then
        assertThat(nobody).isEqualTo(new Aggregate(0.0, 1.0, Aggregate.NEVER));
    }

    private RollUp rolledUp() {
        return Compiled.of(new Course("course-v1:Org+Math+2026", key("course/c"), blocks)).rollUp(sent, LEARNER);
    }

    private void aggregator(String name, String... children) {
        node(name, Mode.AGGREGATOR, children);
    }

    private void completables(String... names) {
        for (var name : names) {
            node(name, Mode.COMPLETABLE);
        }
    }

    private void node(String name, Mode mode, String... children) {
        var type = name.substring(0, name.indexOf('/'));
        blocks.put(key(name), new Node(key(name), type, mode, true, List.of(children).stream().map(RollUpTest::key).toList()));
    }

    private void completed(String name, double completion, Instant modified) {
        sent.add(Sent.completion(LEARNER, "course-v1:Org+Math+2026", key(name), completion, modified));
    }

    private static String key(String name) {
        return "block-v1:Org+Math+2026+type@" + name.replace("/", "+block@");
    }
}
