package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.task.Turns.Waiting;

class TurnsTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 21, 12, 0);

    // A task is written as its name, whose first letter is whose it is, with priority, minute and place in its container.
    @ParameterizedTest(name = "{0}: of {2}, when {1} run, {3}")
    @CsvSource({
            "who waits for longest is first,           '',       b1:0:2:0 a1:0:1:0,                   a1 b1",
            "each has a turn before one has two,       '',       a1:0:1:0 a2:0:2:0 b1:0:3:0,          a1 b1 a2",
            "what runs was a turn,                     'a',      a1:0:1:0 b1:0:3:0 b2:0:4:0,          b1 a1 b2",
            "no more than three of one person,         '',       a1:0:1:0 a2:0:2:0 a3:0:3:0 a4:0:4:0, a1 a2 a3",
            "those that run are counted,               'a a',    a1:0:1:0 a2:0:2:0 b1:0:9:0,          b1 a1",
            "who has enough waits,                     'a a a',  a1:9:1:0 b1:0:2:0,                   b1",
            "who has too much waits,                   'a a a a', a1:9:1:0,                            ''",
            "the important are before all turns,       'a a',    a1:1:5:0 b1:0:1:0,                   a1 b1",
            "the important are first of their person,  '',       a1:0:1:0 a2:2:2:0 a3:1:3:0,          a2 a3 a1",
            "the important take turns,                 '',       a1:1:1:0 a2:1:2:0 b1:1:3:0 c1:0:0:0, a1 b1 a2 c1",
            "parts keep their order,                   '',       a1:0:1:2 a2:0:1:1 a3:0:1:0,          a3 a2 a1",
            "nothing waits,                            'a',      '',                                  ''" })
    void turns_are_taken(String rule, String running, String waiting, String expected) {
        // Given
        var turns = new Turns(counts(running), 3);
        turns.add(words(waiting).stream().map(TurnsTest::waiting).toList());

        // When
        var first = turns.first(10);

        // Then
        assertThat(first).isEqualTo(words(expected));
    }

    @ParameterizedTest(name = "{0} of {1}, when {2} run")
    @CsvSource({
            "2, a1:0:1:0 b1:0:2:0 a2:0:3:0, ''",
            "1, a1:0:1:0 b1:0:2:0 a2:0:3:0, 'a'",
            "3, a1:1:1:0 a2:1:2:0 b1:0:3:0, 'a'",
            "0, a1:-1:1:0 b1:-1:1:0,        ''" })
    void first_turns_and_the_more_important_are_settled(int settled, String waiting, String running) {
        // Given
        var turns = new Turns(counts(running), 3);
        turns.add(words(waiting).stream().map(TurnsTest::waiting).toList());

        // When
        long count = turns.settled(0);

        // Then
        assertThat(count).isEqualTo(settled);
    }

    @Test
    void what_is_added_again_is_one_task() {
        // Given
        var turns = new Turns(Map.of(), 3);
        turns.add(List.of(waiting("a1:0:1:0")));

        // When
        turns.add(List.of(waiting("a2:0:2:0"), waiting("a1:0:1:0")));

        // Then
        assertThat(turns.first(10)).containsExactly("a1", "a2");
    }

    @Test
    void many_draws_are_as_when_the_tasks_are_taken_one_by_one() {
        var random = new Random(1);
        for (int draw = 0; draw < 2_000; draw++) {
            // Given
            var running = new HashMap<String, Integer>();
            random.ints(random.nextInt(6), 0, 4).forEach(person -> running.merge("person" + person, 1, Integer::sum));
            var tasks = random.ints(random.nextInt(20), 0, 4).mapToObj(person -> drawn(random, person)).toList();
            var turns = new Turns(running, 3);
            turns.add(tasks);

            // When
            var first = turns.first(8);

            // Then
            assertThat(first).isEqualTo(oneByOne(running, tasks, 8));
        }
    }

    private static Waiting drawn(Random random, int person) {
        return new Waiting("uuid" + random.nextInt(1_000_000), "person" + person, random.nextInt(2),
                NOON.plusMinutes(random.nextInt(5)), random.nextInt(3));
    }

    // As slow as it is plain: of each priority, round by round, who has had the fewest turns gives their next task.
    private static List<String> oneByOne(Map<String, Integer> running, List<Waiting> tasks, int count) {
        var taken = new HashMap<>(running);
        var left = new ArrayList<>(tasks);
        var order = new ArrayList<String>();
        while (!left.isEmpty() && order.size() < count) {
            Waiting best = null;
            for (var task : left) {
                if (taken.getOrDefault(task.username(), 0) < 3 && (best == null || isBefore(task, best, taken))) {
                    best = task;
                }
            }
            if (best == null) {
                break;
            }
            left.remove(best);
            taken.merge(best.username(), 1, Integer::sum);
            order.add(best.uuid());
        }
        return order;
    }

    private static boolean isBefore(Waiting one, Waiting other, Map<String, Integer> taken) {
        if (one.priority() != other.priority()) {
            return one.priority() > other.priority();
        }
        int turn = taken.getOrDefault(one.username(), 0) - taken.getOrDefault(other.username(), 0);
        if (turn != 0) {
            return turn < 0;
        }
        if (!one.dueAt().equals(other.dueAt())) {
            return one.dueAt().isBefore(other.dueAt());
        }
        return one.childIndex() != other.childIndex()
                ? one.childIndex() < other.childIndex()
                : one.uuid().compareTo(other.uuid()) < 0;
    }

    private static Map<String, Integer> counts(String persons) {
        var counts = new HashMap<String, Integer>();
        words(persons).forEach(person -> counts.merge(person, 1, Integer::sum));
        return counts;
    }

    private static Waiting waiting(String text) {
        var parts = text.split(":");
        return new Waiting(parts[0], parts[0].substring(0, 1), Integer.parseInt(parts[1]),
                NOON.plusMinutes(Integer.parseInt(parts[2])), Integer.parseInt(parts[3]));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
