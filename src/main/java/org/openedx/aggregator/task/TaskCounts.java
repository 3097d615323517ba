package org.openedx.aggregator.task;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;

/** How many tasks there are, by kind and state. Containers are counted like tasks, by what they are. */
@ApplicationScoped
public class TaskCounts {

    /** The states of unfinished tasks here; a person reads more about those that run. */
    static final List<String> UNFINISHED = List.of("waiting", "pending", "retrying", "running");

    // By the indexes on the phase and on the creation: old finished tasks are not looked at.
    private static final String COUNT = """
            SELECT task_class, CASE phase WHEN 0 THEN 'waiting' WHEN 2 THEN 'running'
                                          ELSE IF(state = 'Retrying', 'retrying', 'pending') END AS kind, COUNT(*)
              FROM user_task_status WHERE phase < 3 GROUP BY task_class, kind""";

    private static final String WITH_FINISHED = COUNT + """

             UNION ALL
            SELECT task_class, LOWER(state) AS kind, COUNT(*) FROM user_task_status
             WHERE phase = 3 AND created > UTC_TIMESTAMP(6) - INTERVAL 1 DAY GROUP BY task_class, kind
             ORDER BY 1, 2""";

    private final Pool pool;

    TaskCounts(Pool pool) {
        this.pool = pool;
    }

    /**
     * So many tasks.
     *
     * @param action the kind of task; of containers: group, chain or chord
     * @param state waiting for others, pending, retrying, running, succeeded, failed or canceled
     */
    public record TaskCount(String action, String state, long count) {
    }

    /** Those that are not finished, and those that are and were started within the last day. */
    public Uni<List<TaskCount>> recent() {
        return counts(WITH_FINISHED);
    }

    Uni<List<TaskCount>> unfinished() {
        return counts(COUNT);
    }

    private Uni<List<TaskCount>> counts(String sql) {
        return pool.query(sql)
                .execute()
                .map(rows -> rows.stream().map(TaskCounts::count).toList());
    }

    private static TaskCount count(Row row) {
        return new TaskCount(row.getString(0), row.getString(1), row.getLong(2));
    }
}
