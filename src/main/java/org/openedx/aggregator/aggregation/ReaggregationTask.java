package org.openedx.aggregator.aggregation;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.learner.Enrollments;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.task.TaskFailedException;
import org.openedx.aggregator.task.TaskProgress;
import org.openedx.aggregator.task.TaskRequest;
import org.openedx.aggregator.task.UserTask;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Has courses computed again and shows how far that is: its steps are enrolments. */
@ApplicationScoped
class ReaggregationTask implements UserTask {

    private static final String ACTION = "completion.reaggregate";
    private static final String COURSES = "course_keys";

    private final KeyIds keyIds;
    private final Enrollments enrollments;
    private final CourseGraphs graphs;
    private final StaleLedger ledger;
    private final Remarking remarking;

    ReaggregationTask(KeyIds keyIds, Enrollments enrollments, CourseGraphs graphs, StaleLedger ledger,
            Remarking remarking) {
        this.keyIds = keyIds;
        this.enrollments = enrollments;
        this.graphs = graphs;
        this.ledger = ledger;
        this.remarking = remarking;
    }

    static TaskRequest request(List<String> courses) {
        return new TaskRequest(ACTION, new JsonObject().put(COURSES, new JsonArray(courses)));
    }

    @Override
    public String action() {
        return ACTION;
    }

    @Override
    public String name(JsonObject parameters) {
        var courses = keys(parameters);
        return courses.size() == 1 ? "Re-aggregate " + courses.get(0) : "Re-aggregate %d courses".formatted(courses.size());
    }

    /** How many enrolments there are is looked up when it runs. */
    @Override
    public int totalSteps(JsonObject parameters) {
        return 0;
    }

    @Override
    public boolean joinsRunning() {
        return true;
    }

    @Override
    public boolean isWorthRetrying(Throwable failure) {
        return !(failure instanceof TaskFailedException);
    }

    @Override
    public Uni<Void> run(TaskProgress progress) {
        var keys = keys(progress.parameters());
        return Multi.createFrom()
                .iterable(keys)
                .onItem()
                .transformToUniAndConcatenate(key -> keyIds.of(CourseKey.parse(key)))
                .collect()
                .asList()
                .call(courses -> begin(progress, courses))
                .call(courses -> remarking.run(progress, courses))
                .chain(courses -> summary(keys, courses))
                .chain(summary -> progress.text("Summary", summary));
    }

    private Uni<Void> begin(TaskProgress progress, List<Integer> courses) {
        if (progress.lastCheckpoint().isPresent()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(courses)
                .onItem()
                .transformToUniAndConcatenate(enrollments::count)
                .collect()
                .with(Collectors.summingLong(Long::longValue))
                .chain(total -> progress.begin((int) Math.min(Integer.MAX_VALUE, total)));
    }

    private Uni<String> summary(List<String> keys, List<Integer> courses) {
        return Multi.createFrom()
                .range(0, courses.size())
                .onItem()
                .transformToUniAndConcatenate(index -> line(keys.get(index), courses.get(index)))
                .collect()
                .with(Collectors.joining("\n"))
                .map(lines -> courses.isEmpty() ? "There was no course to compute." : lines);
    }

    private Uni<String> line(String key, int course) {
        return Uni.combine()
                .all()
                .unis(enrollments.count(course), ledger.parked(course), graphs.state(course))
                .with((learners, parked, state) -> line(key, learners, parked, state.isPresent()));
    }

    private static String line(String key, long learners, long parked, boolean hasStructure) {
        if (!hasStructure) {
            return key + ": nothing computed for %d learners; the structure of the course is not known yet".formatted(learners);
        }
        var computed = "%s: computed for %d %s".formatted(key, learners - parked, learners == 1 ? "learner" : "learners");
        return parked == 0 ? computed : computed + "; %d could not be computed and are tried again later".formatted(parked);
    }

    private static List<String> keys(JsonObject parameters) {
        return parameters.getJsonArray(COURSES).stream().map(String::valueOf).toList();
    }
}
