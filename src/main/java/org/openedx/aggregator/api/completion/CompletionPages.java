package org.openedx.aggregator.api.completion;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.aggregation.LiveProgress;
import org.openedx.aggregator.api.limit.Allowance;
import org.openedx.aggregator.api.limit.Expense;
import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.api.security.Viewer;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.progress.CourseStatistics;
import org.openedx.aggregator.progress.ProgressReader;
import org.openedx.aggregator.progress.ProgressReader.Slice;

import io.smallrye.mutiny.Uni;

/** Puts pages of completions together. */
@ApplicationScoped
class CompletionPages {

    private final Subjects subjects;
    private final LiveProgress live;
    private final ProgressReader reader;
    private final CourseStatistics statistics;
    private final CourseGraphs graphs;
    private final KeyIds keyIds;
    private final Allowance allowance;

    CompletionPages(Subjects subjects, LiveProgress live, ProgressReader reader, CourseStatistics statistics,
            CourseGraphs graphs, KeyIds keyIds, Allowance allowance) {
        this.subjects = subjects;
        this.live = live;
        this.reader = reader;
        this.statistics = statistics;
        this.graphs = graphs;
        this.keyIds = keyIds;
        this.allowance = allowance;
    }

    /** One request: who asks for what, in which version, at which address. */
    record Asked(ApiVersion version, Viewer viewer, CompletionQuery query, URI address) {
    }

    /** The courses of one learner. */
    Uni<byte[]> courses(Asked asked) {
        var fields = fields(asked.query());
        return subjects.learner(asked)
                .chain(learner -> learner.isPresent()
                        ? courses(asked, fields, learner.get().id())
                        : noCourses(asked, fields));
    }

    /** One course: one learner's progress in it or, for its staff, everybody's. */
    Uni<byte[]> course(Asked asked, CourseKey course) {
        var fields = fields(asked.query());
        return subjects.username(asked, course)
                .chain(username -> username.isPresent()
                        ? learner(asked, fields, course, username.get())
                        : learners(asked, fields.withUsername(), course));
    }

    private Uni<byte[]> courses(Asked asked, RequestedFields fields, long learnerId) {
        boolean mobileOnly = asked.query().mobileOnly();
        return reader.countOfLearner(learnerId, mobileOnly)
                .map(asked.query().page()::of)
                .chain(page -> written(asked, fields,
                        live.ofLearner(learnerId, mobileOnly, slice(page), types(fields)), page));
    }

    private Uni<byte[]> written(Asked asked, RequestedFields fields, Uni<List<LearnerProgress>> progress, Page page) {
        return progress.chain(found -> written(asked, fields, found, page));
    }

    private Uni<byte[]> noCourses(Asked asked, RequestedFields fields) {
        return written(asked, fields, List.of(), asked.query().page().of(0));
    }

    private Uni<byte[]> learner(Asked asked, RequestedFields fields, CourseKey course, String username) {
        var ids = asked.query().userIds();
        return live.of(course, username, types(fields), asked.query().rootBlock(course))
                .map(progress -> among(ids, progress))
                .chain(progress -> written(asked, fields, progress, asked.query().page().of(progress.size())));
    }

    private Uni<byte[]> learners(Asked asked, RequestedFields fields, CourseKey course) {
        allowance.spend(asked.viewer(), Expense.LIST);
        var root = asked.query().rootBlock(course);
        var ids = asked.query().userIds();
        return count(course, ids)
                .map(asked.query().page()::of)
                .chain(page -> written(asked, fields, live.ofCourse(course, ids, slice(page), types(fields), root), page));
    }

    // A course nobody has heard of has nobody in it.
    private Uni<Long> count(CourseKey course, Optional<List<Long>> ids) {
        return keyIds.find(course)
                .chain(courseId -> courseId.isPresent()
                        ? reader.countOfCourse(courseId.get(), ids)
                        : Uni.createFrom().item(0L));
    }

    private Uni<byte[]> written(Asked asked, RequestedFields fields, List<LearnerProgress> progress, Page page) {
        return means(fields, progress)
                .map(means -> new Results(asked.version(), fields, progress, means, page))
                .map(results -> ResultsWriter.write(results, asked.address()));
    }

    private Uni<Map<String, Double>> means(RequestedFields fields, List<LearnerProgress> progress) {
        if (!fields.mean()) {
            return Uni.createFrom().item(Map.of());
        }
        return statistics.meanPercent(progress.stream().map(LearnerProgress::courseKey).distinct().toList());
    }

    private RequestedFields fields(CompletionQuery query) {
        return RequestedFields.of(query.requestedFields(), graphs.aggregatorTypes())
                .withOptional(query.includeOptional());
    }

    private static List<LearnerProgress> among(Optional<List<Long>> ids, LearnerProgress progress) {
        return ids.isEmpty() || ids.get().contains(progress.learnerId()) ? List.of(progress) : List.of();
    }

    private static Set<String> types(RequestedFields fields) {
        return Set.copyOf(fields.types());
    }

    private static Slice slice(Page page) {
        return new Slice(page.offset(), page.size());
    }
}
