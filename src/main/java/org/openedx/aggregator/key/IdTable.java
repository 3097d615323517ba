package org.openedx.aggregator.key;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** A table that gives texts their ids: reads the known ones, adds the rest. */
record IdTable(SqlClient client, String select, String insert, String row) {

    private static final int KEYS_PER_STATEMENT = 500;

    static IdTable ofCourses(SqlClient client) {
        return new IdTable(client,
                "SELECT course_key, id FROM course WHERE course_key IN (%s)",
                "INSERT IGNORE INTO course (course_key) VALUES %s",
                "(?)");
    }

    static IdTable ofBlocks(SqlClient client, int courseId) {
        return new IdTable(client,
                "SELECT block_key, id FROM block WHERE course_id = " + courseId + " AND block_key IN (%s)",
                "INSERT IGNORE INTO block (course_id, block_key) VALUES %s",
                "(" + courseId + ",?)");
    }

    /** The ids of the given texts that have one. */
    Uni<Map<String, Integer>> find(Collection<String> keys) {
        Uni<Map<String, Integer>> found = Uni.createFrom().item(new HashMap<>());
        for (var chunk : chunks(keys)) {
            found = found.call(ids -> select(chunk).invoke(ids::putAll));
        }
        return found;
    }

    /**
     * The ids of all given texts. Two replicas may meet a new key at once: the second insert changes nothing, and both
     * read the same id.
     */
    Uni<Map<String, Integer>> resolve(Collection<String> keys) {
        return find(keys)
                .call(ids -> add(without(keys, ids)))
                .chain(ids -> ids.size() == keys.size() ? Uni.createFrom().item(ids) : find(keys));
    }

    private Uni<Void> add(Collection<String> keys) {
        var added = Uni.createFrom().voidItem();
        for (var chunk : chunks(keys)) {
            added = added.chain(() -> insert(chunk));
        }
        return added;
    }

    private Uni<Map<String, Integer>> select(List<String> keys) {
        return client.preparedQuery(select.formatted(repeated("?", keys.size())))
                .execute(Tuple.tuple(List.copyOf(keys)))
                .map(IdTable::idsByKey);
    }

    private Uni<Void> insert(List<String> keys) {
        return client.preparedQuery(insert.formatted(repeated(row, keys.size())))
                .execute(Tuple.tuple(List.copyOf(keys)))
                .replaceWithVoid();
    }

    private static List<String> without(Collection<String> keys, Map<String, Integer> ids) {
        return keys.stream().filter(key -> !ids.containsKey(key)).toList();
    }

    // Sorted, so that two replicas that add the same keys wait for each other instead of deadlocking.
    private static List<List<String>> chunks(Collection<String> keys) {
        var sorted = keys.stream().distinct().sorted().toList();
        var chunks = new ArrayList<List<String>>();
        for (int from = 0; from < sorted.size(); from += KEYS_PER_STATEMENT) {
            chunks.add(sorted.subList(from, Math.min(sorted.size(), from + KEYS_PER_STATEMENT)));
        }
        return chunks;
    }

    private static Map<String, Integer> idsByKey(RowSet<Row> rows) {
        var ids = new HashMap<String, Integer>();
        for (Row row : rows) {
            ids.put(row.getString(0), row.getInteger(1));
        }
        return ids;
    }

    private static String repeated(String text, int times) {
        return String.join(",", Collections.nCopies(times, text));
    }
}
