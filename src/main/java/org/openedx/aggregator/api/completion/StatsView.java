package org.openedx.aggregator.api.completion;

import java.util.List;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.progress.CourseStatistics.Mean;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Means over the learners of a course, in a list of one. */
public record StatsView(List<CourseMean> results) {

    /** The means of one course. */
    public record CourseMean(@JsonProperty("course_key") String courseKey,
            @JsonProperty("mean_completion") MeanCompletion meanCompletion) {
    }

    /** Mean values over learners. */
    public record MeanCompletion(double earned, double possible, double percent) {
    }

    static StatsView of(CourseKey course, Mean mean) {
        return new StatsView(List.of(new CourseMean(course.value(),
                new MeanCompletion(mean.earned(), mean.possible(), mean.percent()))));
    }
}
