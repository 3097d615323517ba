package org.openedx.aggregator.course;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

import com.github.benmanes.caffeine.cache.Caffeine;

/** Compiles graphs for tests of other packages, with neither database nor settings. */
public final class CourseGraphFixture {

    private static final List<String> REGISTERED = List.of("course", "chapter", "sequential", "vertical");

    private CourseGraphFixture() {
    }

    /** A structure out of the answer of the Course Blocks API. */
    public static CourseStructure structure(String courseKey, String json) {
        return StructureUpload.fromBlocksApi(CourseKey.parse(courseKey), json.getBytes(StandardCharsets.UTF_8),
                Limits.standard()).structure();
    }

    /** With the stock modes and the default registered types. */
    public static CourseGraph compile(int structureId, CourseStructure structure, Map<UsageKey, Integer> blockIds) {
        return course(structureId, structure, blockIds).whole();
    }

    /** With the stock modes and the default registered types; for whatever learner sees what. */
    public static CompiledCourse course(int structureId, CourseStructure structure, Map<UsageKey, Integer> blockIds) {
        var policy = new CompletionPolicy(ModeTable.stock(), REGISTERED, false);
        return new CompiledCourse(structureId, structure.course().value(), CompiledNodes.of(structure, policy, blockIds),
                Caffeine.newBuilder().maximumSize(100).build());
    }

    static CourseGraph whole(int structureId, CompiledNodes nodes) {
        return new CourseGraph(structureId, nodes, OpenWays.all(structureId, nodes));
    }

    /** Ids as the database might give them: ascending, with gaps, not in the order of the course. */
    public static Map<UsageKey, Integer> ids(CourseStructure structure) {
        var ids = new LinkedHashMap<UsageKey, Integer>();
        structure.blocks().keySet().stream()
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .forEach(key -> ids.put(key, 1000 + ids.size() * 3));
        return ids;
    }
}
