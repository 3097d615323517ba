package org.openedx.aggregator.completion;

import java.util.Comparator;
import java.util.OptionalDouble;

import org.openedx.aggregator.learner.Enrollment;

/**
 * One fact: how far a learner has completed a block.
 *
 * @param blockId id of the block's key
 * @param completion 0.0 to 1.0; empty when the completion was deleted in the LMS
 * @param modified microseconds since 1970-01-01T00:00:00Z
 */
public record BlockCompletion(Enrollment enrollment, int blockId, OptionalDouble completion, long modified) {

    static final Comparator<BlockCompletion> BY_KEY = Comparator
            .comparing(BlockCompletion::enrollment)
            .thenComparingInt(BlockCompletion::blockId);

    public BlockCompletion {
        if (completion.isPresent() && !(completion.getAsDouble() >= 0.0 && completion.getAsDouble() <= 1.0)) {
            throw new IllegalArgumentException("completion must be between 0.0 and 1.0, not " + completion.getAsDouble());
        }
    }

    /** What tells two facts about the same thing apart from two facts about different things. */
    record Key(Enrollment enrollment, int blockId) {
    }

    Key key() {
        return new Key(enrollment, blockId);
    }

    /** The fact that counts of two about the same thing: the newer one, and of two equally new ones the later to arrive. */
    static BlockCompletion newer(BlockCompletion earlier, BlockCompletion later) {
        return later.modified >= earlier.modified ? later : earlier;
    }

    String sqlRow() {
        return "(" + enrollment.courseId() + "," + enrollment.learnerId() + "," + blockId + ","
                + (completion.isPresent() ? completion.getAsDouble() : "NULL") + "," + modified + ")";
    }
}
