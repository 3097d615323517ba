package org.openedx.aggregator.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.openedx.aggregator.course.Block;
import org.openedx.aggregator.course.CompletionMode;
import org.openedx.aggregator.course.Limits;
import org.openedx.aggregator.course.ModeTable;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

/** A course of our own, in the form in which the LMS's Course Blocks API would answer it. */
final class DemoCourse {

    static final CourseKey KEY = CourseKey.parse("course-v1:Demo+NightSky+2025");

    private static final String DOCUMENT = "demo-course.json";

    private DemoCourse() {
    }

    static StructureUpload upload() {
        return StructureUpload.fromBlocksApi(KEY, document(), Limits.standard());
    }

    /** The blocks that can be completed, each once, in the order of the course. */
    static List<UsageKey> completable() {
        return upload().structure().blocks().values().stream()
                .filter(DemoCourse::isCompletable)
                .map(Block::key)
                .toList();
    }

    private static boolean isCompletable(Block block) {
        return ModeTable.stock().of(block) == CompletionMode.COMPLETABLE;
    }

    private static byte[] document() {
        try (var document = DemoCourse.class.getResourceAsStream(DOCUMENT)) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
