package org.openedx.aggregator.course;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

/** A structure compiled as the service compiles it, without a database to give ids. */
public final class StockGraph {

    private final CourseGraph graph;
    private final Map<UsageKey, Integer> blockIds;

    private StockGraph(CourseGraph graph, Map<UsageKey, Integer> blockIds) {
        this.graph = graph;
        this.blockIds = blockIds;
    }

    /** From an answer of the Course Blocks API; with the modes and the registered types of a stock installation. */
    public static StockGraph of(String course, byte[] document) {
        var structure = StructureUpload.fromBlocksApi(CourseKey.parse(course), document, Limits.standard()).structure();
        var keys = structure.blocks().keySet().stream().toList();
        var blockIds = keys.stream().collect(Collectors.toMap(Function.identity(), key -> keys.indexOf(key) + 1));
        var policy = new CompletionPolicy(ModeTable.stock(), List.of("course", "chapter", "sequential", "vertical"), false);
        return new StockGraph(CourseGraphFixture.whole(1, CompiledNodes.of(structure, policy, blockIds)), blockIds);
    }

    public CourseGraph graph() {
        return graph;
    }

    public int blockId(String key) {
        return blockIds.get(UsageKey.parse(key));
    }
}
