package org.openedx.aggregator.report;

import java.util.List;

import org.openedx.aggregator.progress.LearnerSelection;

/** A report of which it is known that it can be made. */
record ReportPlan(ReportRequest request, List<Part> parts, Layout layout) {

    /** One course of it. */
    record Part(int courseId, String courseKey, LearnerSelection learners, long count) {
    }

    long learners() {
        return parts.stream().mapToLong(Part::count).sum();
    }
}
