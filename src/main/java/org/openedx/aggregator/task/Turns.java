package org.openedx.aggregator.task;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whose turn it is among tasks that wait: the higher priority first; of one priority the first task of each person, then
 * the second, counting those that run; of one turn who waits for longest.
 */
final class Turns {

    private static final Comparator<Waiting> OF_ONE_PERSON = Comparator.comparingInt(Waiting::priority)
            .reversed()
            .thenComparing(Waiting::dueAt)
            .thenComparingInt(Waiting::childIndex)
            .thenComparing(Waiting::uuid);

    private static final Comparator<Turn> OF_ALL = Comparator.<Turn> comparingInt(turn -> turn.task().priority())
            .reversed()
            .thenComparingInt(Turn::number)
            .thenComparing(Turn::task, OF_ONE_PERSON);

    private final Map<String, Integer> running;
    private final int perPerson;
    private final Map<String, Waiting> waiting = new HashMap<>();

    /**
     * @param running how many tasks of whom run
     * @param perPerson how many may
     */
    Turns(Map<String, Integer> running, int perPerson) {
        this.running = running;
        this.perPerson = perPerson;
    }

    /** A task that waits; the parts of one container wait in their order. */
    record Waiting(String uuid, String username, int priority, LocalDateTime dueAt, int childIndex) {
    }

    /** @param number from 1 */
    private record Turn(Waiting task, int number) {
    }

    /** More that wait; of each person the first ones, or none. Those that are known already are not counted twice. */
    void add(List<Waiting> more) {
        more.forEach(task -> waiting.put(task.uuid(), task));
    }

    /** How many tasks of a person may start. */
    int room(String username) {
        return Math.max(0, perPerson - running.getOrDefault(username, 0));
    }

    /** Up to so many, the first first. */
    List<String> first(int count) {
        return turns()
                .sorted(OF_ALL)
                .limit(count)
                .map(turn -> turn.task().uuid())
                .toList();
    }

    /** How many are before everything of other persons that is not of a higher priority than this. */
    long settled(int priority) {
        return turns()
                .filter(turn -> turn.task().priority() > priority || turn.task().priority() == priority && turn.number() == 1)
                .count();
    }

    private Stream<Turn> turns() {
        return waiting.values()
                .stream()
                .collect(Collectors.groupingBy(Waiting::username))
                .entrySet()
                .stream()
                .flatMap(person -> turns(person.getKey(), person.getValue()));
    }

    private Stream<Turn> turns(String username, List<Waiting> tasks) {
        var sorted = tasks.stream().sorted(OF_ONE_PERSON).toList();
        int before = running.getOrDefault(username, 0);
        return IntStream.range(0, Math.min(sorted.size(), room(username)))
                .mapToObj(index -> new Turn(sorted.get(index), before + index + 1));
    }
}
