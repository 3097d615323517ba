package org.openedx.aggregator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.openedx.aggregator.oracle.Expected;
import org.openedx.aggregator.oracle.Oracle;
import org.openedx.aggregator.oracle.Sent;
import org.openedx.aggregator.oracle.StoredAggregates;
import org.openedx.aggregator.oracle.StoredFacts;
import org.openedx.aggregator.support.ServiceProcess;

/** Compares what is there with a computation from scratch from what was sent. */
final class Verdict {

    private final Story story;
    private final Map<Long, List<Sent>> events;

    Verdict(Story story) {
        this.story = story;
        this.events = story.byLearner();
    }

    /** Facts and results as they are stored. */
    void overStored(Ground ground, GroupCourse course) {
        assertThat(StoredFacts.of(ground.sql(), course.key())).as("facts of %s", course.key())
                .isEqualTo(StoredFacts.expected(course.whole(), events));
        var stored = StoredAggregates.of(ground.sql(), course.key());
        expected(course)
                .forEach((learner, rows) -> assertThat(stored.get(learner)).as("learner %d in %s", learner, course.key())
                        .containsExactlyInAnyOrderElementsOf(rows));
        assertThat(stored).as("learners of %s", course.key()).hasSameSizeAs(story.learners());
    }

    /** Results as the list of all learners shows them. */
    void overShown(ServiceProcess replica, GroupCourse course) {
        var shown = ShownAggregates.of(replica, course.key(), story.learners().size());
        expected(course).forEach((learner, rows) -> assertThat(shown.get(Story.username(learner)))
                .as("what is shown of learner %d in %s", learner, course.key())
                .containsExactlyInAnyOrderElementsOf(rows.stream().map(ShownAggregates.Shown::of).toList()));
    }

    private Map<Long, List<Expected>> expected(GroupCourse course) {
        var groups = story.groups(course.key());
        var oracles = new HashMap<Integer, Oracle>();
        var expected = new HashMap<Long, List<Expected>>();
        for (long learner : story.learners()) {
            var oracle = oracles.computeIfAbsent(groups.getOrDefault(learner, 0), group -> new Oracle(course.seenBy(group)));
            expected.put(learner, oracle.rows(events.getOrDefault(learner, List.of()), learner));
        }
        return expected;
    }
}
