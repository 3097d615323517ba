package org.openedx.aggregator.report;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.aggregation.LearnerPages;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.CourseState;
import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.learner.Cohorts;
import org.openedx.aggregator.learner.NamedCohort;
import org.openedx.aggregator.progress.LearnerSelection;
import org.openedx.aggregator.report.ReportPlan.Part;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks up what a report is about. */
@ApplicationScoped
class ReportPlans {

    private final KeyIds keyIds;
    private final Cohorts cohorts;
    private final CourseGraphs graphs;
    private final LearnerPages pages;

    ReportPlans(KeyIds keyIds, Cohorts cohorts, CourseGraphs graphs, LearnerPages pages) {
        this.keyIds = keyIds;
        this.cohorts = cohorts;
        this.graphs = graphs;
        this.pages = pages;
    }

    /** Fails with {@link InvalidReportException}. */
    Uni<ReportPlan> of(ReportRequest request) {
        requireTypes(request);
        return Multi.createFrom()
                .iterable(request.courses())
                .onItem()
                .transformToUniAndConcatenate(course -> part(request, course))
                .collect()
                .asList()
                .chain(parts -> plan(request, parts));
    }

    private Uni<ReportPlan> plan(ReportRequest request, List<Part> parts) {
        return blocks(request, parts)
                .map(blocks -> plan(request, parts, blocks));
    }

    private void requireTypes(ReportRequest request) {
        var known = graphs.aggregatorTypes();
        var unknown = request.types().stream().filter(type -> !known.contains(type)).toList();
        if (!unknown.isEmpty()) {
            throw new InvalidReportException("requested_fields", "There is no such aggregator: " + String.join(", ", unknown));
        }
    }

    private Uni<Part> part(ReportRequest request, CourseKey course) {
        return keyIds.find(course)
                .map(found -> orRefuse(found, "course_keys", "Course '" + course.value() + "' is not known."))
                .chain(courseId -> part(request, course, courseId));
    }

    private static <T> T orRefuse(Optional<T> found, String parameter, String message) {
        return found.orElseThrow(() -> new InvalidReportException(parameter, message));
    }

    private Uni<Part> part(ReportRequest request, CourseKey course, int courseId) {
        return cohort(request, course, courseId)
                .map(cohort -> new LearnerSelection(cohort, request.excludedRoles()))
                .chain(learners -> part(course, courseId, learners));
    }

    private Uni<Part> part(CourseKey course, int courseId, LearnerSelection learners) {
        return pages.count(courseId, learners)
                .map(count -> new Part(courseId, course.value(), learners, count));
    }

    private Uni<Optional<NamedCohort>> cohort(ReportRequest request, CourseKey course, int courseId) {
        if (request.cohort().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return cohorts.find(courseId, request.cohort().get())
                .map(found -> orRefuse(found, "cohort", "Course '" + course.value() + "' has no such cohort."))
                .map(Optional::of);
    }

    private Uni<List<RegisteredBlocks>> blocks(ReportRequest request, List<Part> parts) {
        return Multi.createFrom()
                .iterable(request.types().isEmpty() ? List.<Part> of() : parts)
                .onItem()
                .transformToUniAndConcatenate(part -> graphs.state(part.courseId()))
                .onItem()
                .transformToUniAndConcatenate(this::blocks)
                .collect()
                .asList();
    }

    private Uni<RegisteredBlocks> blocks(Optional<CourseState> state) {
        return state.isEmpty()
                ? Uni.createFrom().item(new RegisteredBlocks(List.of()))
                : graphs.course(state.get().structureId()).map(course -> course.whole().registered());
    }

    private static ReportPlan plan(ReportRequest request, List<Part> parts, List<RegisteredBlocks> blocks) {
        var layout = Layout.of(request.columns(), request.types(), blocks);
        if (layout.width() > Layout.MOST_COLUMNS) {
            throw new InvalidReportException("requested_fields",
                    "This makes %d columns; a report has at most %d.".formatted(layout.width(), Layout.MOST_COLUMNS));
        }
        return new ReportPlan(request, parts, layout);
    }
}
