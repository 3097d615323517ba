package org.openedx.aggregator.completion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The store of facts. Any order and any repetition of the same facts ends in the same rows. */
@ApplicationScoped
public class Completions {

    // One statement of a thousand rows is the fastest way in, and stays far below any packet limit.
    private static final int ROWS_PER_STATEMENT = 1000;

    // Assignments run from left to right: completion must be decided before modified is replaced.
    private static final String UPSERT = """
            INSERT INTO block_completion (course_id, learner_id, block_id, completion, modified) VALUES %s
            ON DUPLICATE KEY UPDATE
              completion = IF(VALUES(modified) >= modified, VALUES(completion), completion),
              modified = GREATEST(modified, VALUES(modified))""";

    // Grouped into one string per learner, facts leave the database four times as fast as row by row.
    private static final String FACTS = """
            SELECT course_id, learner_id, GROUP_CONCAT(block_id, ':', completion, ':', modified)
              FROM block_completion
             WHERE %s AND completion IS NOT NULL
             GROUP BY course_id, learner_id""";

    // MySQL cuts a group at 1,024 bytes by default; a learner with 100,000 completions needs some 4 MB.
    private static final String LARGE_GROUPS = "SET SESSION group_concat_max_len = 16777216";

    private final Pool pool;

    Completions(Pool pool) {
        this.pool = pool;
    }

    /** Keeps the newest of what is given and what is stored, by {@code modified}. */
    public Uni<Void> record(SqlConnection transaction, Collection<BlockCompletion> completions) {
        return Multi.createFrom()
                .iterable(statements(completions))
                .onItem()
                .transformToUniAndConcatenate(sql -> transaction.query(sql).execute())
                .onItem()
                .ignoreAsUni();
    }

    /** Whether anything is stored about the same learner and block; a completion that was deleted is nothing. */
    public Uni<Boolean> exists(SqlConnection transaction, BlockCompletion fact) {
        return transaction.preparedQuery("""
                SELECT COUNT(*) FROM block_completion
                 WHERE course_id = ? AND learner_id = ? AND block_id = ? AND completion IS NOT NULL""")
                .execute(Tuple.of(fact.enrollment().courseId(), fact.enrollment().learnerId(), fact.blockId()))
                .map(rows -> rows.iterator().next().getLong(0) > 0);
    }

    /** The facts of each enrolment that has any. */
    public Uni<Map<Enrollment, CompletedBlocks>> of(Collection<Enrollment> enrollments) {
        if (enrollments.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var facts = FACTS.formatted(Enrollment.condition(enrollments));
        return pool.withConnection(connection -> inLargeGroups(connection, facts))
                .map(Completions::byEnrollment);
    }

    private static Uni<RowSet<Row>> inLargeGroups(SqlConnection connection, String query) {
        return connection.query(LARGE_GROUPS)
                .execute()
                .chain(() -> connection.query(query).execute());
    }

    private static List<String> statements(Collection<BlockCompletion> completions) {
        var rows = completions.stream()
                .collect(Collectors.toMap(BlockCompletion::key, Function.identity(), BlockCompletion::newer))
                .values()
                .stream()
                .sorted(BlockCompletion.BY_KEY)
                .map(BlockCompletion::sqlRow)
                .toList();
        var statements = new ArrayList<String>();
        for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
            var chunk = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT));
            statements.add(UPSERT.formatted(String.join(",", chunk)));
        }
        return statements;
    }

    private static Map<Enrollment, CompletedBlocks> byEnrollment(RowSet<Row> rows) {
        var facts = new HashMap<Enrollment, CompletedBlocks>();
        for (Row row : rows) {
            facts.put(new Enrollment(row.getInteger(0), row.getLong(1)), CompletedBlocks.parse(row.getString(2)));
        }
        return facts;
    }
}
