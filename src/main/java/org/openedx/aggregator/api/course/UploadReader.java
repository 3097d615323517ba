package org.openedx.aggregator.api.course;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.Limits;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.key.CourseKey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** Reads uploaded structures on worker threads: a large one takes seconds. */
@ApplicationScoped
class UploadReader {

    private final Vertx vertx;
    private final Limits limits;

    UploadReader(Vertx vertx, Limits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    Uni<StructureUpload> blocks(CourseKey course, byte[] document) {
        return vertx.executeBlocking(() -> StructureUpload.fromBlocksApi(course, document, limits));
    }

    Uni<StructureUpload> export(CourseKey course, byte[] archive) {
        return vertx.executeBlocking(() -> StructureUpload.fromOlx(course, archive, limits));
    }
}
