package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Audience;

class VisibilityTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<String> TYPES = List.of("chapter", "sequential", "vertical", "wrapper", "html", "problem");

    @Test
    void random_courses_show_what_the_lms_would_show() {
        int hidden = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            // Given
            var random = new Random(seed);
            var structure = structure(random);
            var audience = audience(random);

            // When
            var expected = counting(structure, new LmsVisibility(structure, audience, NOW).visible());

            // Then
            assertThat(seen(structure, audience)).as("seed %d", seed).isEqualTo(expected);
            hidden += expected.size() < counting(structure, structure.blocks().keySet()).size() ? 1 : 0;
        }
        assertThat(hidden).isGreaterThan(1_000);
    }

    @Test
    void what_is_possible_is_counted_over_what_is_seen() {
        for (long seed = 0; seed < 500; seed++) {
            // Given
            var random = new Random(seed);
            var structure = structure(random);
            var audience = audience(random);
            var visible = new LmsVisibility(structure, audience, NOW).visible();

            // When
            var graph = compiled(structure).seenBy(audience, micros(NOW));

            // Then
            double possible = visible.contains(structure.root()) ? possible(structure, structure.root(), visible) : 0;
            assertThat(graph.map(it -> it.possible(it.size() - 1)).orElse(0.0)).as("seed %d", seed).isEqualTo(possible);
        }
    }

    @Test
    void a_course_that_has_not_begun_is_open_to_beta_testers_some_days_before() {
        // Given
        var course = block("course/course", List.of("html/a"), it -> {
            it.start = Optional.of(NOW.plus(2, ChronoUnit.DAYS));
            it.days = OptionalDouble.of(3);
        });
        var compiled = compiled(Keys.structure(course, Keys.block("html/a")));

        // Then
        assertThat(compiled.seenBy(Audience.ANYBODY, micros(NOW))).isEmpty();
        assertThat(compiled.seenBy(new Audience(false, true, Map.of(), Map.of()), micros(NOW))).isPresent();
        assertThat(compiled.seenBy(Audience.STAFF, micros(NOW))).isPresent();
        assertThat(compiled.releases().next(micros(NOW))).hasValue(micros(NOW.plus(2, ChronoUnit.DAYS)));
        assertThat(compiled.releases().next(micros(NOW.minus(5, ChronoUnit.DAYS))))
                .hasValue(micros(NOW.minus(1, ChronoUnit.DAYS)));
    }

    @Test
    void unreleased_blocks_count_where_the_site_wants_it() {
        // Given
        var structure = Keys.structure(
                block("course/course", List.of("html/a"), it -> it.start = Optional.of(NOW.plusSeconds(1))),
                Keys.block("html/a"));
        var policy = new CompletionPolicy(ModeTable.stock(), List.of("course"), true);

        // When
        var nodes = CompiledNodes.of(structure, policy, CourseGraphFixture.ids(structure));

        // Then
        assertThat(nodes.rules().restrict(micros(NOW))).isFalse();
        assertThat(nodes.rules().releases().next(0)).isEmpty();
    }

    @Test
    void a_library_gives_what_was_picked_and_else_the_first() {
        // Given
        var structure = Keys.structure(
                block("course/course", List.of("library_content/l"), it -> {
                }),
                block("library_content/l", List.of("problem/a", "problem/b", "problem/c"), it -> it.max = OptionalInt.of(2)),
                Keys.block("problem/a"), Keys.block("problem/b"), Keys.block("problem/c"));
        var ids = CourseGraphFixture.ids(structure);
        int library = ids.get(Keys.key("library_content/l"));

        // Then
        assertThat(problems(structure, Audience.ANYBODY)).containsExactlyInAnyOrder("a", "b");
        assertThat(problems(structure, picked(library, ids, "c", "b"))).containsExactlyInAnyOrder("b", "c");
        assertThat(problems(structure, picked(library, ids, "c"))).containsExactlyInAnyOrder("a", "c");
        assertThat(problems(structure, picked(library, ids, "a", "b", "c"))).containsExactlyInAnyOrder("a", "b");
        assertThat(problems(structure, Audience.STAFF)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void a_library_that_is_complete_when_viewed_counts_one() {
        // Given
        var structure = Keys.structure(
                block("course/course", List.of("itembank/l"), it -> {
                }),
                block("itembank/l", List.of("problem/a", "problem/b"), it -> it.max = OptionalInt.of(1)),
                Keys.block("problem/a"), Keys.block("problem/b"));
        var modes = new HashMap<>(ModeTable.stock().byType());
        modes.put("itembank", CompletionMode.COMPLETABLE);
        var policy = new CompletionPolicy(new ModeTable(modes, CompletionMode.EXCLUDED), List.of("course"), false);

        // When
        var nodes = CompiledNodes.of(structure, policy, CourseGraphFixture.ids(structure));

        // Then
        assertThat(CourseGraphFixture.whole(1, nodes).possible(nodes.size() - 1)).isEqualTo(1.0);
    }

    @Test
    void a_split_test_shows_the_branch_of_the_group_and_the_first_while_none_is_known() {
        // Given
        var structure = Keys.structure(
                block("course/course", List.of("split_test/s"), it -> {
                }),
                block("split_test/s", List.of("vertical/a", "vertical/b"), it -> {
                }),
                block("vertical/a", List.of("problem/a"), it -> it.access = Map.of(7, List.of(0))),
                block("vertical/b", List.of("problem/b"), it -> it.access = Map.of(7, List.of(1))),
                Keys.block("problem/a"), Keys.block("problem/b"));

        // Then
        assertThat(problems(structure, Audience.ANYBODY)).containsExactly("a");
        assertThat(problems(structure, new Audience(false, false, Map.of(7, 1), Map.of()))).containsExactly("b");
        assertThat(problems(structure, new Audience(false, false, Map.of(7, 9), Map.of()))).isEmpty();
    }

    @Test
    void what_content_type_gating_hides_still_counts() {
        // Given
        var structure = Keys.structure(
                block("course/course", List.of("problem/a"), it -> {
                }),
                block("problem/a", List.of(), it -> it.access = Map.of(51, List.of(2))));

        // Then
        assertThat(problems(structure, Audience.ANYBODY)).containsExactly("a");
    }

    @Test
    void optional_blocks_leave_the_sums_with_all_that_is_beneath_them() {
        // Given
        var structure = Keys.structure(
                block("course/course", List.of("chapter/1", "chapter/2"), it -> {
                }),
                block("chapter/1", List.of("problem/a", "problem/b"), it -> it.optional = true),
                block("chapter/2", List.of("problem/b", "problem/c", "problem/d"), it -> {
                }),
                Keys.block("problem/a"), Keys.block("problem/b"),
                block("problem/c", List.of(), it -> it.optional = true), Keys.block("problem/d"));

        // When
        var graph = compiled(structure).whole();

        // Then: b counts, because one of its parents is not optional
        int root = graph.size() - 1;
        assertThat(graph.possible(root)).isEqualTo(3.0);
        assertThat(graph.optionalPossible(root)).isEqualTo(2.0);
    }

    @Test
    void learners_who_see_the_same_share_a_graph() {
        // Given: forty groups in four partitions, of which two see all the same
        var children = new ArrayList<String>();
        var blocks = new ArrayList<Block>();
        for (int group = 0; group < 40; group++) {
            children.add("problem/" + group);
            int only = group;
            blocks.add(block("problem/" + group, List.of(), it -> it.access = Map.of(3, List.of(only, 100 + only))));
        }
        blocks.add(block("course/course", children, it -> {
        }));
        var compiled = compiled(Keys.structure(blocks.toArray(Block[]::new)));

        // When
        Set<CourseGraph> graphs = new HashSet<>();
        for (int learner = 0; learner < 100_000; learner++) {
            var audience = new Audience(false, learner % 2 == 0, Map.of(3, learner % 40 + learner % 2 * 100, 9, learner),
                    Map.of());
            graphs.add(compiled.seenBy(compiled.relevant(audience), micros(NOW)).orElseThrow());
        }

        // Then
        assertThat(graphs).hasSize(40);
    }

    private static Audience picked(int library, Map<UsageKey, Integer> ids, String... problems) {
        var selected = List.of(problems).stream().map(name -> ids.get(Keys.key("problem/" + name))).toList();
        return new Audience(false, false, Map.of(), Map.of(library, selected));
    }

    private static Set<String> problems(CourseStructure structure, Audience audience) {
        return seen(structure, audience).stream()
                .filter(key -> key.blockType().equals("problem"))
                .map(UsageKey::blockId)
                .collect(Collectors.toSet());
    }

    private static Set<UsageKey> seen(CourseStructure structure, Audience audience) {
        var ids = CourseGraphFixture.ids(structure);
        var compiled = compiled(structure);
        return compiled.seenBy(compiled.relevant(audience), micros(NOW))
                .map(graph -> structure.blocks()
                        .keySet()
                        .stream()
                        .filter(key -> graph.node(ids.get(key)).isPresent())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static CompiledCourse compiled(CourseStructure structure) {
        return CourseGraphFixture.course(1, structure, CourseGraphFixture.ids(structure));
    }

    /** Of some blocks those that count: not beneath a completable one, and above all reached from the root. */
    private static Set<UsageKey> counting(CourseStructure structure, Set<UsageKey> among) {
        var counting = new HashSet<UsageKey>();
        visit(structure, structure.root(), among, counting);
        return counting;
    }

    private static void visit(CourseStructure structure, UsageKey key, Set<UsageKey> among, Set<UsageKey> counting) {
        var block = structure.blocks().get(key);
        var mode = ModeTable.stock().of(block);
        if (among.contains(key) && mode != CompletionMode.EXCLUDED) {
            counting.add(key);
            if (mode == CompletionMode.AGGREGATOR) {
                block.children().forEach(child -> visit(structure, child, among, counting));
            }
        }
    }

    private static double possible(CourseStructure structure, UsageKey key, Set<UsageKey> visible) {
        var block = structure.blocks().get(key);
        return switch (ModeTable.stock().of(block)) {
            case EXCLUDED -> 0.0;
            case COMPLETABLE -> 1.0;
            case AGGREGATOR -> block.children()
                    .stream()
                    .filter(visible::contains)
                    .mapToDouble(child -> possible(structure, child, visible))
                    .sum();
        };
    }

    private static CourseStructure structure(Random random) {
        int size = 2 + random.nextInt(30);
        var names = new ArrayList<String>(List.of("course/course"));
        for (int i = 1; i < size; i++) {
            names.add(TYPES.get(random.nextInt(TYPES.size())) + "/" + i);
        }
        var children = new HashMap<Integer, List<String>>();
        for (int child = 1; child < size; child++) {
            for (int parent : random.ints(1 + random.nextInt(3), 0, child).distinct().toArray()) {
                children.computeIfAbsent(parent, it -> new ArrayList<>()).add(names.get(child));
            }
        }
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < size; i++) {
            boolean root = i == 0;
            blocks.add(block(names.get(i), children.getOrDefault(i, List.of()), it -> it.random(random, root)));
        }
        return Keys.structure(blocks.toArray(Block[]::new));
    }

    private static Audience audience(Random random) {
        var groups = new HashMap<Integer, Integer>();
        for (int partition : List.of(0, 1, 50)) {
            if (random.nextInt(4) > 0) {
                groups.put(partition, random.nextInt(3));
            }
        }
        return random.nextInt(10) == 0 ? Audience.STAFF : new Audience(false, random.nextBoolean(), groups, Map.of());
    }

    private static Block block(String name, List<String> children, java.util.function.Consumer<Fields> change) {
        var fields = new Fields();
        change.accept(fields);
        var key = Keys.key(name);
        return new Block(key, key.blockType(), "", children.stream().map(Keys::key).toList(), Optional.empty(), fields.start,
                fields.staffOnly, fields.optional, fields.access, fields.max, fields.days);
    }

    /** What a block says about who sees it. */
    private static final class Fields {
        private Optional<Instant> start = Optional.empty();
        private boolean staffOnly;
        private boolean optional;
        private Map<Integer, List<Integer>> access = new LinkedHashMap<>();
        private OptionalInt max = OptionalInt.empty();
        private OptionalDouble days = OptionalDouble.empty();

        void random(Random random, boolean root) {
            if (random.nextInt(4) == 0) {
                start = Optional.of(NOW.plus(random.nextInt(9) - 6, ChronoUnit.DAYS));
            }
            staffOnly = !root && random.nextInt(10) == 0;
            if (root && random.nextBoolean()) {
                days = OptionalDouble.of(1.5);
            }
            if (!root && random.nextInt(4) == 0) {
                access.put(List.of(0, 1, 50).get(random.nextInt(3)), random.ints(random.nextInt(4), 0, 3).boxed().toList());
            }
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
