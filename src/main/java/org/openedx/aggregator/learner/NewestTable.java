package org.openedx.aggregator.learner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * A table that keeps the newest word of the LMS under each key, in whatever order its words arrive; of equally new ones the
 * last to arrive.
 */
final class NewestTable {

    private static final int ROWS_PER_STATEMENT = 512;

    // Older than any word of the LMS.
    private static final long NEVER = -1L << 62;

    private final String name;
    private final List<String> keys;
    private final List<String> values;
    private final String time;
    private final String others;
    private final String row;

    NewestTable(String name, List<String> keys, List<String> values, String time) {
        this(name, keys, values, time, "", "");
    }

    /** {@code others} are columns that are only written, with {@code given} SQL values, when a row is new. */
    NewestTable(String name, List<String> keys, List<String> values, String time, String others, String given) {
        this.name = name;
        this.keys = keys;
        this.values = values;
        this.time = time;
        this.others = others.isEmpty() ? "" : ", " + others;
        this.row = "(" + "?, ".repeat(keys.size() + values.size()) + "?" + (given.isEmpty() ? "" : ", " + given) + ")";
    }

    /** Keeps the newest of what is given and what is stored. */
    Uni<Void> record(SqlConnection transaction, Collection<? extends Word> words) {
        return upsert(transaction, newest(words), Word::saidAt);
    }

    /** The same; answers the keys under which another value is stored now. */
    Uni<Set<List<Object>>> recordChanged(SqlConnection transaction, Collection<? extends Word> words) {
        var newest = newest(words);
        var changed = new HashSet<List<Object>>();
        return lock(transaction, newest)
                .chain(() -> collectAllChanged(transaction, newest, changed))
                .chain(() -> upsert(transaction, newest, Word::saidAt))
                .replaceWith(changed);
    }

    /** Of keys that are one id, the ids. */
    static Set<Long> ids(Set<List<Object>> keys) {
        return keys.stream().map(key -> (Long) key.get(0)).collect(Collectors.toSet());
    }

    // Who reads a row that is not there locks nothing: a word older than all others puts it there, or just locks it.
    private Uni<Void> lock(SqlConnection transaction, List<Word> words) {
        return upsert(transaction, words, word -> NEVER);
    }

    private Uni<Void> upsert(SqlConnection transaction, List<Word> words, Function<Word, Long> saidAt) {
        return each(words, chunk -> transaction.preparedQuery(upsertOf(chunk.size()))
                .execute(upsertParameters(chunk, saidAt))
                .replaceWithVoid());
    }

    private Uni<Void> collectAllChanged(SqlConnection transaction, List<Word> words, Set<List<Object>> changed) {
        return each(words, chunk -> collectChanged(transaction, chunk, changed));
    }

    private Uni<Void> collectChanged(SqlConnection transaction, List<Word> chunk, Set<List<Object>> changed) {
        return transaction.preparedQuery(changedOf(chunk.size()))
                .execute(changedParameters(chunk))
                .invoke(rows -> addKeys(rows, changed))
                .replaceWithVoid();
    }

    // Assignments run from left to right: what depends on the old time comes before it is replaced.
    private String upsertOf(int rows) {
        return "INSERT INTO " + name + " (" + String.join(", ", keys) + ", " + String.join(", ", values) + ", " + time + others
                + ") VALUES " + String.join(", ", Collections.nCopies(rows, row)) + " ON DUPLICATE KEY UPDATE "
                + values.stream()
                        .map(value -> "%1$s = IF(VALUES(%2$s) >= %2$s, VALUES(%1$s), %1$s), ".formatted(value, time))
                        .collect(Collectors.joining())
                + "%1$s = GREATEST(%1$s, VALUES(%1$s))".formatted(time);
    }

    private static Tuple upsertParameters(List<Word> chunk, Function<Word, Long> saidAt) {
        var parameters = new ArrayList<Object>();
        for (var word : chunk) {
            parameters.addAll(word.key());
            parameters.addAll(word.values());
            parameters.add(saidAt.apply(word));
        }
        return Tuple.from(parameters);
    }

    private String changedOf(int rows) {
        var condition = "(" + keys.stream().map(key -> key + " = ?").collect(Collectors.joining(" AND "))
                + " AND (" + time + " = " + NEVER + " OR " + time + " <= ? AND NOT ("
                + values.stream().map(value -> value + " <=> ?").collect(Collectors.joining(" AND ")) + ")))";
        return "SELECT " + String.join(", ", keys) + " FROM " + name + " WHERE "
                + String.join(" OR ", Collections.nCopies(rows, condition)) + " FOR UPDATE";
    }

    private static Tuple changedParameters(List<Word> chunk) {
        var parameters = new ArrayList<Object>();
        for (var word : chunk) {
            parameters.addAll(word.key());
            parameters.add(word.saidAt());
            parameters.addAll(word.values());
        }
        return Tuple.from(parameters);
    }

    private void addKeys(RowSet<Row> rows, Set<List<Object>> changed) {
        for (Row found : rows) {
            changed.add(Stream.iterate(0, index -> index + 1)
                    .limit(keys.size())
                    .map(found::getValue)
                    .toList());
        }
    }

    // Sorted, so that transactions that write the same rows wait for each other instead of deadlocking.
    private static List<Word> newest(Collection<? extends Word> words) {
        var newest = new TreeMap<List<Object>, Word>(NewestTable::compare);
        for (var word : words) {
            newest.merge(word.key(), word, (earlier, later) -> later.saidAt() >= earlier.saidAt() ? later : earlier);
        }
        return List.copyOf(newest.values());
    }

    @SuppressWarnings("unchecked")
    private static int compare(List<Object> one, List<Object> other) {
        for (int index = 0; index < one.size(); index++) {
            int order = ((Comparable<Object>) one.get(index)).compareTo(other.get(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Uni<Void> each(List<Word> words, Function<List<Word>, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(chunks(words))
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .onItem()
                .ignoreAsUni();
    }

    // Powers of two, so that there are ten statements for a table and they stay prepared.
    private static List<List<Word>> chunks(List<Word> words) {
        var chunks = new ArrayList<List<Word>>();
        for (int from = 0; from < words.size();) {
            int size = Math.min(ROWS_PER_STATEMENT, Integer.highestOneBit(words.size() - from));
            chunks.add(words.subList(from, from + size));
            from += size;
        }
        return chunks;
    }
}
