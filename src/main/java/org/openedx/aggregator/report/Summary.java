package org.openedx.aggregator.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.progress.Aggregate;

/** Counts what goes into a report, to say it in a few lines. */
final class Summary {

    private final ReportPlan plan;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    Summary(ReportPlan plan) {
        this.plan = plan;
        plan.parts().forEach(part -> tallies.put(part.courseKey(), new Tally()));
    }

    /** What there is to say of one course. */
    private static final class Tally {
        private long learners;
        private long finished;
        private double percents;

        void add(LearnerProgress learner) {
            double percent = learner.course().map(Aggregate::percent).orElse(0.0);
            learners++;
            percents += percent;
            finished += percent >= 1.0 ? 1 : 0;
        }

        String text() {
            return learners == 0
                    ? "no learners"
                    : String.format(Locale.ROOT, "%d learners, %d finished, mean %.1f %%", learners, finished,
                            100 * percents / learners);
        }
    }

    void add(List<LearnerProgress> learners) {
        learners.forEach(learner -> tallies.get(learner.courseKey()).add(learner));
    }

    String text(Instant begun) {
        var request = plan.request();
        var text = new StringBuilder("Completion report of ")
                .append(begun.truncatedTo(ChronoUnit.SECONDS))
                .append(" as ")
                .append(request.format().text());
        request.cohort().ifPresent(cohort -> text.append("\nCohort: ").append(cohort));
        append(text, "Without roles", request.excludedRoles());
        append(text, "Blocks", request.types());
        append(text, "Columns", request.columns().stream().map(Column::text).toList());
        tallies.forEach((course, tally) -> text.append('\n').append(course).append(": ").append(tally.text()));
        return text.toString();
    }

    private static void append(StringBuilder text, String what, List<String> values) {
        if (!values.isEmpty()) {
            text.append('\n').append(what).append(": ").append(String.join(", ", values));
        }
    }
}
