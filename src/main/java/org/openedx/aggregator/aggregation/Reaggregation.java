package org.openedx.aggregator.aggregation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.task.Container;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.TaskRequest;
import org.openedx.aggregator.task.TaskStatus;
import org.openedx.aggregator.task.UserTasks;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** Has whole courses computed again, parked enrolments included, as a task or, for several courses, a group of them. */
@ApplicationScoped
public class Reaggregation {

    // More than this run hardly faster; a site of thousands of courses would only have a list that nobody reads.
    private static final int MOST_TASKS = 20;

    private final Pool pool;
    private final KeyIds keyIds;
    private final UserTasks tasks;

    Reaggregation(Pool pool, KeyIds keyIds, UserTasks tasks) {
        this.pool = pool;
        this.keyIds = keyIds;
        this.tasks = tasks;
    }

    /** Fails with {@link CourseNotFoundException} before anything is done if one of the courses was never heard of. */
    public Uni<TaskStatus> ofCourses(Requester requester, Collection<CourseKey> courses) {
        var name = "Re-aggregate %d courses".formatted(courses.size());
        var keys = courses.stream().map(CourseKey::value).toList();
        return Multi.createFrom()
                .iterable(courses)
                .onItem()
                .transformToUniAndConcatenate(this::requireKnown)
                .onItem()
                .ignoreAsUni()
                .chain(() -> start(requester, name, keys));
    }

    /** Every course that has a structure. */
    public Uni<TaskStatus> ofAll(Requester requester) {
        return pool.query("SELECT course_key FROM course WHERE structure_id IS NOT NULL ORDER BY id")
                .execute()
                .map(Reaggregation::keys)
                .chain(courses -> start(requester, "Re-aggregate all courses", courses));
    }

    private Uni<Void> requireKnown(CourseKey course) {
        return keyIds.find(course)
                .map(Optional::isPresent)
                .invoke(known -> require(known, course))
                .replaceWithVoid();
    }

    private static void require(boolean known, CourseKey course) {
        if (!known) {
            throw new CourseNotFoundException(course);
        }
    }

    private static List<String> keys(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString(0)).toList();
    }

    private Uni<TaskStatus> start(Requester requester, String name, List<String> courses) {
        return courses.size() < 2
                ? tasks.start(requester, ReaggregationTask.request(courses))
                : tasks.start(requester, Container.GROUP, name, requests(courses));
    }

    // Dealt out like cards, so that the large courses, which are often neighbours, do not all come to one.
    private static List<TaskRequest> requests(List<String> courses) {
        var hands = IntStream.range(0, Math.min(MOST_TASKS, courses.size()))
                .mapToObj(hand -> new ArrayList<String>())
                .toList();
        for (int index = 0; index < courses.size(); index++) {
            hands.get(index % hands.size()).add(courses.get(index));
        }
        return hands.stream().map(ReaggregationTask::request).toList();
    }
}
