package org.openedx.aggregator.tracking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.tracking.NamedBlocks.NamedBlock;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** What the entries of packed results are about. A course version never changes, so its blocks may be remembered. */
@ApplicationScoped
class BlockNames {

    // Some 200 bytes each.
    private static final int REMEMBERED_BLOCKS = 50_000;

    private final Cache<Integer, NamedBlocks> cache = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_BLOCKS)
            .weigher((Integer structureId, NamedBlocks blocks) -> blocks.size() + 1)
            .build();

    /** The registered blocks of some course versions; none for a version that is not known. */
    Uni<Map<Integer, NamedBlocks>> of(SqlClient client, Collection<Integer> structureIds) {
        var found = new HashMap<Integer, NamedBlocks>();
        return Multi.createFrom()
                .iterable(structureIds)
                .onItem()
                .transformToUniAndConcatenate(id -> find(client, id, found))
                .onItem()
                .ignoreAsUni()
                .replaceWith(found);
    }

    private Uni<NamedBlocks> find(SqlClient client, int structureId, Map<Integer, NamedBlocks> found) {
        return of(client, structureId)
                .invoke(blocks -> found.put(structureId, blocks));
    }

    private Uni<NamedBlocks> of(SqlClient client, int structureId) {
        var known = cache.getIfPresent(structureId);
        return known != null ? Uni.createFrom().item(known) : read(client, structureId);
    }

    private Uni<NamedBlocks> read(SqlClient client, int structureId) {
        return client
                .preparedQuery(
                        "SELECT aggregation_name, block_key FROM registered_block WHERE structure_id = ? ORDER BY ordinal")
                .execute(Tuple.of(structureId))
                .map(BlockNames::blocks)
                .invoke(blocks -> cache.put(structureId, blocks));
    }

    private static NamedBlocks blocks(RowSet<Row> rows) {
        var blocks = new ArrayList<NamedBlock>(rows.size());
        for (Row row : rows) {
            blocks.add(new NamedBlock(row.getString(0), row.getString(1)));
        }
        return new NamedBlocks(blocks);
    }
}
