package org.openedx.aggregator.course;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.RegisteredBlocks.RegisteredBlock;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.mysqlclient.MySQLClient;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The rows of course versions. A version is written once and never changed. */
@ApplicationScoped
class StructureTable {

    private static final int BLOCKS_PER_STATEMENT = 500;

    private static final String COLUMNS = """
            SELECT s.id, c.id AS course_id, c.course_key, s.version_label, s.content_hash, s.policy, s.content
            """;

    private final Clock clock;

    StructureTable(Clock clock) {
        this.clock = clock;
    }

    /** A stored version, its content still packed. */
    record Stored(int id, int courseId, String courseKey, Optional<String> label, String contentHash, String policy,
            byte[] content) {

        static Stored of(Row row) {
            return new Stored(row.getInteger(0), row.getInteger(1), row.getString(2), Optional.ofNullable(row.getString(3)),
                    row.getString(4), row.getString(5), row.getDelegate().getBuffer(6).getBytes());
        }

        boolean holds(NewVersion version) {
            return contentHash.equals(version.contentHash()) && policy.equals(version.policy().text());
        }
    }

    /** A version about to be stored. */
    record NewVersion(Optional<String> label, String contentHash, CompletionPolicy policy, byte[] content,
            int blocks, RegisteredBlocks registered, Releases releases) {
    }

    /** The current version, the course locked until the transaction ends. */
    Uni<Optional<Stored>> lockCurrent(SqlConnection transaction, int courseId) {
        return transaction
                .preparedQuery(COLUMNS + "FROM course c LEFT JOIN course_structure s ON s.id = c.structure_id"
                        + " WHERE c.id = ? FOR UPDATE")
                .execute(Tuple.of(courseId))
                .map(StructureTable::first);
    }

    Uni<Optional<Stored>> current(SqlClient client, int courseId) {
        return client
                .preparedQuery(COLUMNS + "FROM course c JOIN course_structure s ON s.id = c.structure_id WHERE c.id = ?")
                .execute(Tuple.of(courseId))
                .map(StructureTable::first);
    }

    Uni<Stored> version(SqlClient client, int structureId) {
        return client
                .preparedQuery(COLUMNS + "FROM course_structure s JOIN course c ON c.id = s.course_id WHERE s.id = ?")
                .execute(Tuple.of(structureId))
                .map(StructureTable::first)
                .map(Optional::orElseThrow);
    }

    /** Ids of courses whose current version was compiled with another policy. */
    Uni<List<Integer>> compiledOtherwise(SqlClient client, String policy) {
        return client
                .preparedQuery("SELECT c.id FROM course c JOIN course_structure s ON s.id = c.structure_id WHERE s.policy <> ?")
                .execute(Tuple.of(policy))
                .map(StructureTable::ids);
    }

    Uni<Void> setMobileAvailable(SqlClient client, int courseId, Optional<Boolean> available) {
        return client.preparedQuery("UPDATE course SET mobile_available = COALESCE(?, mobile_available) WHERE id = ?")
                .execute(Tuple.of(available.orElse(null), courseId))
                .replaceWithVoid();
    }

    /** Stores a version and makes it the current one, as of now; answers its id. */
    Uni<Integer> add(SqlConnection transaction, int courseId, NewVersion version) {
        return insert(transaction, courseId, version)
                .call(id -> insertRegistered(transaction, id, version.registered()))
                .call(id -> transaction
                        .preparedQuery("UPDATE course SET structure_id = ? WHERE id = ?")
                        .execute(Tuple.of(id, courseId)))
                .call(() -> release(transaction, courseId, version.releases()));
    }

    /** Has a course, which must be locked, show what is released by now. */
    Uni<Void> release(SqlConnection transaction, int courseId, Releases releases) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        var next = releases.next(now);
        return transaction.preparedQuery("UPDATE course SET released_at = ?, next_release = ? WHERE id = ?")
                .execute(Tuple.of(now, next.isPresent() ? next.getAsLong() : null, courseId))
                .replaceWithVoid();
    }

    /** Ids of courses of which something more was released since they were last looked at. */
    Uni<List<Integer>> released(SqlClient client) {
        return client.preparedQuery("SELECT id FROM course WHERE next_release <= ?")
                .execute(Tuple.of(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant())))
                .map(StructureTable::ids);
    }

    /** Removes versions that are not current and that no result, stored or to be announced, was computed on; how many. */
    Uni<Integer> purgeReplaced(SqlClient client) {
        return client.query("""
                DELETE s, b FROM course_structure s
                  JOIN course c ON c.id = s.course_id
                  LEFT JOIN registered_block b ON b.structure_id = s.id
                 WHERE s.id < c.structure_id
                   AND NOT EXISTS (SELECT 1 FROM progress p WHERE p.structure_id = s.id)
                   AND NOT EXISTS (SELECT 1 FROM progress_event_outbox o WHERE o.structure_id = s.id)""")
                .execute()
                .map(RowSet::rowCount);
    }

    private Uni<Integer> insert(SqlConnection transaction, int courseId, NewVersion version) {
        return transaction
                .preparedQuery("""
                        INSERT INTO course_structure (course_id, version_label, content_hash, policy, content, created, blocks)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .execute(Tuple.of(courseId, version.label().orElse(null), version.contentHash(), version.policy().text(),
                        Buffer.buffer(version.content()), LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .addInteger(version.blocks()))
                .map(rows -> rows.property(MySQLClient.LAST_INSERTED_ID).intValue());
    }

    private static Uni<Void> insertRegistered(SqlConnection transaction, int structureId, RegisteredBlocks blocks) {
        return Multi.createFrom()
                .range(0, (blocks.size() + BLOCKS_PER_STATEMENT - 1) / BLOCKS_PER_STATEMENT)
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> insertChunk(transaction, structureId, blocks, chunk * BLOCKS_PER_STATEMENT))
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<RowSet<Row>> insertChunk(SqlConnection transaction, int structureId, RegisteredBlocks blocks, int from) {
        int to = Math.min(blocks.size(), from + BLOCKS_PER_STATEMENT);
        var values = new ArrayList<>();
        for (int index = from; index < to; index++) {
            RegisteredBlock block = blocks.get(index);
            values.addAll(List.of(structureId, index + 1, block.aggregationName(), block.blockKey()));
        }
        return transaction
                .preparedQuery("INSERT INTO registered_block (structure_id, ordinal, aggregation_name, block_key) VALUES "
                        + String.join(",", Collections.nCopies(to - from, "(?,?,?,?)")))
                .execute(Tuple.tuple(values));
    }

    private static Optional<Stored> first(RowSet<Row> rows) {
        var iterator = rows.iterator();
        if (!iterator.hasNext()) {
            return Optional.empty();
        }
        var row = iterator.next();
        return row.getInteger(0) == null ? Optional.empty() : Optional.of(Stored.of(row));
    }

    private static List<Integer> ids(RowSet<Row> rows) {
        var ids = new ArrayList<Integer>();
        for (Row row : rows) {
            ids.add(row.getInteger(0));
        }
        return ids;
    }
}
