package org.openedx.aggregator.oracle;

import java.time.Instant;
import java.util.OptionalDouble;

import org.openedx.aggregator.support.Lms;

/**
 * What the LMS said about one learner and block.
 *
 * @param completion empty for a deletion, which is sent with milliseconds and counts from the end of its millisecond
 */
public record Sent(long learnerId, String course, String block, OptionalDouble completion, Instant modified) {

    static final int END_OF_MILLISECOND = 999_000;

    public static Sent completion(long learnerId, String course, String block, double completion, Instant modified) {
        return new Sent(learnerId, course, block, OptionalDouble.of(completion), modified);
    }

    public static Sent deletion(long learnerId, String course, String block, long milliseconds) {
        return new Sent(learnerId, course, block, OptionalDouble.empty(),
                Instant.ofEpochMilli(milliseconds).plusNanos(END_OF_MILLISECOND));
    }

    public void by(Lms lms) {
        if (completion.isPresent()) {
            lms.complete(learnerId, course, block, completion.getAsDouble(), modified.toString());
        } else {
            lms.delete(learnerId, course, block, modified);
        }
    }
}
