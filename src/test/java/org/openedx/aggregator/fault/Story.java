package org.openedx.aggregator.fault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.openedx.aggregator.oracle.Sent;
import org.openedx.aggregator.support.Lms;

/**
 * What happened in the LMS, and in which order it is told: every event at any time, some of them twice, poison between them.
 *
 * @param events completions and deletions, each as often as it is sent
 * @param moves who was put into which cohort, and when
 * @param poison how many records nobody can read
 */
record Story(List<GroupCourse> courses, List<Long> learners, List<Sent> events, List<Move> moves, int poison) {

    private static final int LEARNERS = 2_000;
    private static final int COURSES = 5;
    private static final int COURSES_FOR_GROUPS = 2;
    private static final int MOVES = 4_000;
    private static final int IN_EVENTS_PER_DUPLICATE = 20;
    private static final int EVENTS_PER_POISON = 100;
    private static final int EVENTS_PER_DELETION = 20;
    private static final double[] COMPLETIONS = { 0.0, 1.0, 1.0, 1.0, 0.5, 0.25, 0.1, 1.0 / 3, 0.7 };
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SECONDS_BETWEEN = 100;

    /** Into the cohort of a group, or into one without; the newest counts. */
    record Move(long learnerId, GroupCourse course, int group, Instant at) {

        void by(Lms lms) {
            lms.join(learnerId, username(learnerId), course.key(), cohort(group), at);
        }
    }

    static Story of(Seed seed, int count) {
        var random = seed.random("story");
        var courses = IntStream.range(0, COURSES)
                .mapToObj(number -> GroupCourse.of("C" + number, number < COURSES_FOR_GROUPS))
                .toList();
        var learners = LongStream.rangeClosed(1, LEARNERS).boxed().toList();
        var events = new ArrayList<Sent>();
        for (int number = 0; number < Size.of(count); number++) {
            events.add(event(random, courses.get(random.nextInt(COURSES)), learners, number));
        }
        Collections.shuffle(events, random);
        for (int number = events.size() / IN_EVENTS_PER_DUPLICATE; number > 0; number--) {
            events.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(events, random);
        var moves = IntStream.range(0, Size.of(MOVES)).mapToObj(number -> move(random, courses, learners, number)).toList();
        return new Story(courses, learners, events, moves, events.size() / EVENTS_PER_POISON);
    }

    // No two have the same time: which of them counts would be left to chance.
    private static Sent event(Random random, GroupCourse course, List<Long> learners, int number) {
        var learner = learners.get(random.nextInt(learners.size()));
        var leaf = course.leaves().get(random.nextInt(course.leaves().size()));
        var at = START.plusSeconds((long) number * SECONDS_BETWEEN);
        if (random.nextInt(EVENTS_PER_DELETION) == 0) {
            return Sent.deletion(learner, course.key(), leaf, at.toEpochMilli() + 1 + random.nextInt(999));
        }
        return Sent.completion(learner, course.key(), leaf, COMPLETIONS[random.nextInt(COMPLETIONS.length)],
                at.plusNanos(random.nextInt(1_000_000) * 1000L));
    }

    private static Move move(Random random, List<GroupCourse> courses, List<Long> learners, int number) {
        return new Move(learners.get(random.nextInt(learners.size())), courses.get(random.nextInt(COURSES_FOR_GROUPS)),
                random.nextInt(GroupCourse.GROUPS + 1), START.plusMillis(1 + number));
    }

    static String username(long learner) {
        return "learner" + learner;
    }

    static String cohort(int group) {
        return "Cohort " + group;
    }

    /** The group that each learner of a course is in at last; who was never moved is in none. */
    Map<Long, Integer> groups(String course) {
        var last = new TreeMap<Long, Move>();
        moves.stream().filter(move -> move.course().key().equals(course))
                .forEach(
                        move -> last.merge(move.learnerId(), move, (one, other) -> one.at().isAfter(other.at()) ? one : other));
        return last.values().stream().collect(Collectors.toMap(Move::learnerId, Move::group));
    }

    /** The events of each learner. */
    Map<Long, List<Sent>> byLearner() {
        return events.stream().collect(Collectors.groupingBy(Sent::learnerId));
    }

    /** All of it, in the order in which it is told. */
    List<Runnable> steps(Lms lms, Random random) {
        var steps = new ArrayList<Runnable>();
        events.forEach(event -> steps.add(() -> event.by(lms)));
        moves.forEach(move -> steps.add(() -> move.by(lms)));
        IntStream.range(0, poison).forEach(number -> steps.add(() -> new Poison(number).by(lms)));
        Collections.shuffle(steps, random);
        return steps;
    }
}
