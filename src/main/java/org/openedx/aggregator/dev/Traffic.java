package org.openedx.aggregator.dev;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.key.UsageKey;

/**
 * A class at work in the demo course. All learners work side by side, so each batch that the service reads concerns
 * many; the same random numbers and the same time make the same traffic.
 */
final class Traffic {

    /** Far above the ids of {@link DemoLearner}. */
    static final long FIRST_ID = 1_000_001;

    private final List<TrafficLearner> learners;
    private final int events;
    private final Instant start;
    private int repeated;
    private int partial;

    Traffic(List<UsageKey> blocks, int learners, int events, Instant now, Random random) {
        var pace = new Pace(now, events / learners + 1);
        this.learners = IntStream.range(0, learners)
                .mapToObj(place -> new TrafficLearner(FIRST_ID + place, blocks, pace, random))
                .toList();
        this.events = events;
        this.start = pace.earliest();
    }

    static String username(long learnerId) {
        return "learner-" + learnerId;
    }

    /** Every learner's enrolment, then what they did. To be read once: what it counts is in {@link #report()}. */
    Iterable<ProducerRecord<byte[], byte[]>> records() {
        return this::iterator;
    }

    private Iterator<ProducerRecord<byte[], byte[]>> iterator() {
        var enrolled = learners.stream()
                .map(learner -> LmsEvents.enrolled(learner.id(), username(learner.id()), start));
        return Stream.concat(enrolled, completions().map(LmsEvents::completed)).iterator();
    }

    /** What the learners do, one event of each in turn. */
    Stream<BlockCompleted> completions() {
        return IntStream.range(0, events)
                .mapToObj(turn -> learners.get(turn % learners.size()))
                .map(this::next);
    }

    private BlockCompleted next(TrafficLearner learner) {
        var before = learner.latest();
        var completed = learner.next();
        if (before.isPresent() && before.get() == completed) {
            repeated++;
        }
        if (completed.completion() < 1) {
            partial++;
        }
        return completed;
    }

    /** What was sent. */
    TrafficReport report() {
        return new TrafficReport(DemoCourse.KEY.value(), learners.size(), username(FIRST_ID),
                username(FIRST_ID + learners.size() - 1), events, repeated, partial);
    }
}
