package org.openedx.aggregator.oracle;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.oracle.Course.Node;

/**
 * What should come out, computed from scratch by the letter of the rules: slow, recursive, and without a line of the
 * service's own.
 */
public final class Oracle {

    public static final List<String> DEFAULT_TYPES = List.of("course", "chapter", "sequential", "vertical");
    public static final Instant NEVER = Instant.parse("1900-01-01T00:00:00Z");

    private final Course course;
    private final List<String> registeredTypes;

    public Oracle(Course course) {
        this(course, DEFAULT_TYPES);
    }

    public Oracle(Course course, List<String> registeredTypes) {
        this.course = course;
        this.registeredTypes = registeredTypes;
    }

    /** The rows of one learner, in the order of the tree; what was sent about others or about other courses is ignored. */
    public List<Expected> rows(Collection<Sent> sent, long learnerId) {
        var facts = facts(sent, learnerId);
        return counting().stream()
                .map(course.blocks()::get)
                .filter(node -> node.mode() == Mode.AGGREGATOR && registeredTypes.contains(node.type()))
                .map(node -> row(node, facts))
                .toList();
    }

    /** What the LMS holds about a learner after all of it; the newest counts, of equally new ones the last. */
    public Map<String, Sent> facts(Collection<Sent> sent, long learnerId) {
        var newest = new HashMap<String, Sent>();
        for (var event : sent) {
            if (event.learnerId() == learnerId && event.course().equals(course.key())) {
                newest.merge(event.block(), event,
                        (known, later) -> later.modified().isBefore(known.modified()) ? known : later);
            }
        }
        newest.values().removeIf(event -> event.completion().isEmpty());
        return newest;
    }

    private record Sum(double earned, double possible, Instant lastModified) {

        static final Sum NOTHING = new Sum(0.0, 0.0, NEVER);

        Sum plus(Sum other) {
            return new Sum(earned + other.earned, possible + other.possible,
                    lastModified.isAfter(other.lastModified) ? lastModified : other.lastModified);
        }
    }

    private Expected row(Node node, Map<String, Sent> facts) {
        var sum = sum(node, facts);
        var percent = sum.possible() == 0.0 ? 1.0 : sum.earned() / sum.possible();
        return new Expected(node.key(), node.type(), sum.earned(), sum.possible(), percent, sum.lastModified());
    }

    private Sum sum(Node node, Map<String, Sent> facts) {
        return switch (node.mode()) {
            case EXCLUDED -> Sum.NOTHING;
            case COMPLETABLE -> completed(facts.get(node.key()));
            case AGGREGATOR -> node.children().stream()
                    .map(child -> sum(course.blocks().get(child), facts))
                    .reduce(Sum.NOTHING, Sum::plus);
        };
    }

    private static Sum completed(Sent fact) {
        return fact == null ? new Sum(0.0, 1.0, NEVER) : new Sum(fact.completion().getAsDouble(), 1.0, fact.modified());
    }

    private Set<String> counting() {
        var met = new LinkedHashSet<String>();
        visit(course.root(), met);
        return met;
    }

    private void visit(String key, Set<String> met) {
        var node = course.blocks().get(key);
        if (node.mode() != Mode.EXCLUDED && met.add(key) && node.mode() == Mode.AGGREGATOR) {
            node.children().forEach(child -> visit(child, met));
        }
    }
}
