package org.openedx.aggregator.event;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** How many records became dead letters, counted over all replicas by day, topic and reason. */
@ApplicationScoped
public class LetterCounts {

    // Who waits here holds up a partition.
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_ROWS = 500;

    private static final String ADD = """
            INSERT INTO dead_letter_count (day, topic, reason, letters) VALUES (UTC_DATE(), ?, ?, ?)
            ON DUPLICATE KEY UPDATE letters = letters + VALUES(letters)""";

    private static final String SINCE = """
            SELECT topic, reason, SUM(letters) AS letters, MAX(day) AS last_day
              FROM dead_letter_count WHERE day > UTC_DATE() - INTERVAL ? DAY
             GROUP BY topic, reason ORDER BY letters DESC, topic, reason LIMIT ?""";

    private final Pool pool;

    LetterCounts(Pool pool) {
        this.pool = pool;
    }

    /**
     * Dead letters of one topic and reason.
     *
     * @param reason one of a few words
     * @param lastDay the day of the newest of them, in UTC
     */
    public record LetterCount(String topic, String reason, long letters, LocalDate lastDay) {
    }

    private record Kind(String topic, LetterReason reason) {
    }

    /** Of the last so many days, today included; the most first. */
    public Uni<List<LetterCount>> ofLastDays(int days) {
        return pool.preparedQuery(SINCE)
                .execute(Tuple.of(days, MAX_ROWS))
                .map(rows -> rows.stream().map(LetterCounts::count).toList());
    }

    /** Never fails: a count is not worth sending the letters again. */
    Uni<Void> add(Collection<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(ADD)
                .executeBatch(byKind(letters).entrySet().stream().map(LetterCounts::values).toList())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> Log.warnf("%d dead letters are not counted: %s", letters.size(), failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    // In the order of the primary key, so that replicas do not block each other.
    private static Map<Kind, Long> byKind(Collection<DeadLetter> letters) {
        Function<DeadLetter, Kind> kind = letter -> new Kind(letter.event().topic(), letter.reason());
        return letters.stream()
                .collect(Collectors.groupingBy(kind, () -> new TreeMap<>(LetterCounts::compare), Collectors.counting()));
    }

    private static int compare(Kind one, Kind other) {
        int byTopic = one.topic().compareTo(other.topic());
        return byTopic == 0 ? one.reason().label().compareTo(other.reason().label()) : byTopic;
    }

    private static Tuple values(Map.Entry<Kind, Long> count) {
        return Tuple.of(count.getKey().topic(), count.getKey().reason().label(), count.getValue());
    }

    private static LetterCount count(Row row) {
        return new LetterCount(row.getString("topic"), row.getString("reason"), row.getLong("letters"),
                row.getLocalDate("last_day"));
    }
}
