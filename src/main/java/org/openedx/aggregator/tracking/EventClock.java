package org.openedx.aggregator.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Gives every event of a learner a timestamp of its own, later than all before: statements of xAPI are told apart by
 * learner and timestamp alone. A learner's row is locked until the transaction ends, so a change with a later timestamp
 * is committed later too.
 */
@ApplicationScoped
class EventClock {

    private static final String TAKE = """
            INSERT INTO progress_event_clock (learner_id, last_at, taken) VALUES %s
            ON DUPLICATE KEY UPDATE last_at = GREATEST(last_at + VALUES(taken), VALUES(last_at)), taken = VALUES(taken)""";

    private static final String LAST = "SELECT learner_id, last_at FROM progress_event_clock WHERE learner_id IN (%s)";

    /** Sets the timestamps of changes, the earliest of them the time at which they were stored. */
    Uni<List<ResultChange>> stamp(SqlConnection transaction, List<ResultChange> changes) {
        var counts = new TreeMap<Long, Integer>();
        var now = new HashMap<Long, Long>();
        for (var change : changes) {
            counts.merge(change.enrollment().learnerId(), change.blocks().size(), Integer::sum);
            now.merge(change.enrollment().learnerId(), change.modified(), Math::max);
        }
        var rows = counts.entrySet()
                .stream()
                .map(count -> row(count.getKey(), now.get(count.getKey()), count.getValue()))
                .collect(Collectors.joining(","));
        return transaction.query(TAKE.formatted(rows))
                .execute()
                .chain(() -> transaction.query(LAST.formatted(list(counts))).execute())
                .map(last -> stamped(changes, firsts(last, counts)));
    }

    private static String row(long learnerId, long now, int count) {
        return "(" + learnerId + "," + (now + count - 1) + "," + count + ")";
    }

    private static String list(Map<Long, Integer> counts) {
        return counts.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Map<Long, Long> firsts(RowSet<Row> rows, Map<Long, Integer> counts) {
        var firsts = new HashMap<Long, Long>();
        for (Row row : rows) {
            firsts.put(row.getLong(0), row.getLong(1) - counts.get(row.getLong(0)) + 1);
        }
        return firsts;
    }

    private static List<ResultChange> stamped(List<ResultChange> changes, Map<Long, Long> next) {
        var stamped = new ArrayList<ResultChange>(changes.size());
        for (var change : changes) {
            long learner = change.enrollment().learnerId();
            stamped.add(change.at(next.get(learner)));
            next.merge(learner, (long) change.blocks().size(), Long::sum);
        }
        return stamped;
    }
}
