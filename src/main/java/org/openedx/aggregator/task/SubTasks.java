package org.openedx.aggregator.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Parts that a running task has others do. */
@ApplicationScoped
class SubTasks {

    private static final String ONE = "SELECT user_id, username, parent, top, level FROM user_task_status WHERE uuid = ?";
    private static final String FINGERPRINTS = "SELECT fingerprint FROM user_task_status WHERE parent = ?";
    private static final String EXPECT = "UPDATE user_task_status SET expected_parts = ? WHERE uuid = ?";

    private final NewTasks newTasks;

    SubTasks(NewTasks newTasks) {
        this.newTasks = newTasks;
    }

    /** Adds what an earlier attempt has not added; the row of the task is locked. */
    Uni<Void> add(SqlConnection transaction, String task, List<? extends TaskPlan> plans) {
        return transaction.preparedQuery(FINGERPRINTS)
                .execute(Tuple.of(task))
                .map(ClaimTable::uuids)
                .chain(known -> add(transaction, task, plans, Set.copyOf(known)));
    }

    private Uni<Void> add(SqlConnection transaction, String task, List<? extends TaskPlan> plans, Set<String> known) {
        return transaction.preparedQuery(ONE)
                .execute(Tuple.of(task))
                .map(rows -> parts(task, rows.iterator().next(), plans, known))
                .call(parts -> newTasks.insert(transaction, parts))
                .chain(parts -> expect(transaction, task, known.size() + direct(task, parts)))
                .chain(() -> ContainerTable.refresh(transaction, List.of(task)));
    }

    private List<NewTask> parts(String task, Row row, List<? extends TaskPlan> plans, Set<String> known) {
        var userId = row.getLong("user_id");
        var owner = new Requester(userId == null ? OptionalLong.empty() : OptionalLong.of(userId), row.getString("username"));
        var place = new Place(Optional.ofNullable(row.getString("parent")), Optional.ofNullable(row.getString("top")),
                row.getInteger("level"), 0);
        var seen = new HashSet<>(known);
        var parts = new ArrayList<NewTask>();
        for (var plan : plans) {
            var tasks = newTasks.of(owner, plan, place.below(task, seen.size()));
            if (seen.add(tasks.get(0).fingerprint())) {
                parts.addAll(tasks);
            }
        }
        return parts;
    }

    private static int direct(String task, List<NewTask> parts) {
        return (int) parts.stream().filter(part -> part.place().parent().equals(Optional.of(task))).count();
    }

    private static Uni<Void> expect(SqlConnection transaction, String task, int parts) {
        return transaction.preparedQuery(EXPECT).execute(Tuple.of(parts, task)).replaceWithVoid();
    }
}
