package org.openedx.aggregator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.course.RegisteredBlocks.RegisteredBlock;
import org.openedx.aggregator.progress.Aggregate;

/** Learners in a course of a few chapters. */
final class Learners {

    static final String COURSE = "course-v1:a+b+c";
    static final RegisteredBlocks BLOCKS = new RegisteredBlocks(List.of(new RegisteredBlock("course", "root"),
            new RegisteredBlock("chapter", "one"), new RegisteredBlock("chapter", "=two")));

    private Learners() {
    }

    static LearnerProgress named(String username) {
        var course = new Aggregate(1.5, 2, 1_767_225_600_000_000L);
        return new LearnerProgress(7, COURSE, username, Optional.of(course), BLOCKS,
                List.of(course, new Aggregate(0.5, 1, Aggregate.NEVER), new Aggregate(1, 1, Aggregate.NEVER)));
    }

    static LearnerProgress unknown() {
        return new LearnerProgress(8, COURSE, "new", Optional.empty(), new RegisteredBlocks(List.of()), List.of());
    }

    static Layout layout(Column... columns) {
        return Layout.of(List.of(columns), List.of("chapter"), List.of(BLOCKS));
    }

    static List<LearnerProgress> many(int count) {
        var learners = new ArrayList<LearnerProgress>();
        for (int number = 0; number < count; number++) {
            learners.add(named("learner" + number));
        }
        return learners;
    }
}
