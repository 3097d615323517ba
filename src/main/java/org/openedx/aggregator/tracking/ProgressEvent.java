package org.openedx.aggregator.tracking;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.openedx.aggregator.tracking.NamedBlocks.NamedBlock;

/**
 * The new value of a block for a learner, as tracking tells it.
 *
 * @param at its timestamp, in microseconds since 1970-01-01T00:00:00Z; no other event of the learner has it
 */
record ProgressEvent(PendingChange pending, NamedBlock block, BlockChange value, long at) {

    private static final String NAME = "openedx.completion_aggregator.progress.";

    String name() {
        return NAME + block.type();
    }

    long learnerId() {
        return pending.change().enrollment().learnerId();
    }

    /** The same each time the event is sent, and of no other event. */
    String id() {
        var text = NAME + learnerId() + "@" + at;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** An aggregator without completable blocks is complete. */
    double percent() {
        return value.possible() == 0.0 ? 1.0 : value.earned() / value.possible();
    }

    String timestamp() {
        return IsoTime.text(at);
    }
}
