package org.openedx.aggregator.oracle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.openedx.aggregator.support.Sql;

/** What the service has taken in, and what it should have. */
public final class StoredFacts {

    private static final String FACTS = """
            SELECT f.learner_id, b.block_key, f.completion, f.modified
              FROM block_completion f JOIN block b ON b.id = f.block_id JOIN course c ON c.id = f.course_id
             WHERE f.completion IS NOT NULL AND c.course_key = ?""";

    private StoredFacts() {
    }

    /** @param modified in microseconds since 1970-01-01T00:00:00Z */
    public record Fact(long learnerId, String block, double completion, long modified) {
    }

    public static Set<Fact> of(Sql sql, String course) {
        return sql.rows(FACTS, course).stream()
                .map(row -> new Fact((Long) row.get("learner_id"), (String) row.get("block_key"),
                        (Double) row.get("completion"), (Long) row.get("modified")))
                .collect(Collectors.toSet());
    }

    /** What is left of all that was sent about some learners. */
    public static Set<Fact> expected(Course course, Map<Long, List<Sent>> byLearner) {
        var oracle = new Oracle(course);
        return byLearner.entrySet().stream()
                .map(learner -> oracle.facts(learner.getValue(), learner.getKey()).values())
                .flatMap(Collection::stream)
                .map(StoredFacts::fact)
                .collect(Collectors.toSet());
    }

    private static Fact fact(Sent event) {
        return new Fact(event.learnerId(), event.block(), event.completion().getAsDouble(),
                event.modified().getEpochSecond() * 1_000_000 + event.modified().getNano() / 1000);
    }
}
