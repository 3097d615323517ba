package org.openedx.aggregator.stale;

import org.openedx.aggregator.learner.Enrollment;

/**
 * A mark that stands for several enrolments: all of a learner, or all members of a cohort. It is kept among the other marks,
 * under course 0, which no course has, and the number of the learner or the negative one of the cohort.
 */
public record WideMark(long learnerOrCohort) {

    private static final int COURSE = 0;

    public static WideMark ofLearner(long id) {
        return new WideMark(id);
    }

    public static WideMark ofCohort(long id) {
        return new WideMark(-id);
    }

    static boolean isOne(Enrollment mark) {
        return mark.courseId() == COURSE;
    }

    static WideMark of(Enrollment mark) {
        return new WideMark(mark.learnerId());
    }

    Enrollment mark() {
        return new Enrollment(COURSE, learnerOrCohort);
    }
}
