package org.openedx.aggregator.aggregation;

import java.util.Map;

import org.jboss.logging.MDC;
import org.openedx.aggregator.learner.Enrollment;

/** What a line of the log is about, for who reads it by machine. A learner is a number here, never a name. */
record LogFields(Map<String, Object> fields) {

    static LogFields of(Enrollment enrollment) {
        return new LogFields(Map.of("courseId", enrollment.courseId(), "learner", enrollment.learnerId()));
    }

    static LogFields of(String course, int learners, long millis) {
        return new LogFields(Map.of("course", course, "learners", learners, "durationMs", millis));
    }

    // Between two steps the context is shared with other work; a single line keeps it to itself.
    void log(Runnable line) {
        fields.forEach(MDC::put);
        try {
            line.run();
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }
}
