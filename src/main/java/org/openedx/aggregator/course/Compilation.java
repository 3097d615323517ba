package org.openedx.aggregator.course;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.StructureTable.NewVersion;
import org.openedx.aggregator.course.StructureTable.Stored;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.key.UsageKey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/**
 * Turns stored versions into structures and graphs, and uploads into versions. Unpacking and compiling a large course
 * takes a good part of a second, so it happens on worker threads.
 */
@ApplicationScoped
class Compilation {

    private static final Limits STORED = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE,
            Long.MAX_VALUE, Integer.MAX_VALUE);

    private final Vertx vertx;
    private final KeyIds keyIds;
    private final CompletionPolicy policy;

    Compilation(Vertx vertx, KeyIds keyIds, CourseConfig config) {
        this.vertx = vertx;
        this.keyIds = keyIds;
        this.policy = policy(config);
    }

    /** The policy of this process's settings. */
    CompletionPolicy policy() {
        return policy;
    }

    Uni<StructureUpload> upload(Stored stored) {
        return vertx.executeBlocking(() -> read(stored));
    }

    StructureVersion version(int id, StructureUpload upload) {
        return new StructureVersion(id, upload.version(), upload.structure(), policy.modes());
    }

    /** Everything about a new version but its id. */
    Uni<NewVersion> newVersion(int courseId, StructureUpload upload) {
        return keyIds.of(courseId, upload.structure().blocks().keySet())
                .chain(blockIds -> packed(upload, blockIds));
    }

    /** The arrays of a version, compiled with the policy it was stored with. */
    Uni<CompiledNodes> nodes(Stored stored) {
        return upload(stored)
                .chain(upload -> nodes(stored, upload.structure()));
    }

    private Uni<CompiledNodes> nodes(Stored stored, CourseStructure structure) {
        return keyIds.of(stored.courseId(), structure.blocks().keySet())
                .chain(blockIds -> compiled(stored, structure, blockIds));
    }

    private Uni<NewVersion> packed(StructureUpload upload, Map<UsageKey, Integer> blockIds) {
        return vertx.executeBlocking(() -> newVersion(upload, blockIds));
    }

    private Uni<CompiledNodes> compiled(Stored stored, CourseStructure structure, Map<UsageKey, Integer> blockIds) {
        return vertx
                .executeBlocking(() -> CompiledNodes.of(structure, CompletionPolicy.parse(stored.policy()), blockIds));
    }

    private NewVersion newVersion(StructureUpload upload, Map<UsageKey, Integer> blockIds) {
        var structure = upload.structure();
        var nodes = CompiledNodes.of(structure, policy, blockIds);
        return new NewVersion(upload.version(), structure.contentHash(), policy, PackedStructure.pack(structure),
                structure.blocks().size(), nodes.registered(), nodes.rules().releases());
    }

    private static StructureUpload read(Stored stored) {
        var upload = StructureUpload.fromBlocksApi(CourseKey.parse(stored.courseKey()),
                PackedStructure.unpack(stored.content()), STORED);
        return new StructureUpload(upload.structure(), stored.label());
    }

    private static CompletionPolicy policy(CourseConfig config) {
        var modes = new HashMap<>(ModeTable.stock().byType());
        if (config.libraryCompleteOnView()) {
            VisibilityCompiler.LIBRARY_TYPES.forEach(type -> modes.put(type, CompletionMode.COMPLETABLE));
        }
        modes.putAll(config.completionModes());
        return new CompletionPolicy(new ModeTable(modes, config.unknownTypes()), config.registeredTypes(),
                config.aggregateUnreleasedBlocks());
    }
}
