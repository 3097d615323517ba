package org.openedx.aggregator.oracle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;

import org.openedx.aggregator.support.Lms;

/**
 * What the LMS said about one learner and block.
 *
 * @param completion empty for a deletion, which is sent with milliseconds and counts from the end of its millisecond, or of
 *        its second if it is a whole one
 */
public record Sent(long learnerId, String course, String block, OptionalDouble completion, Instant modified) {

    private static final int END_OF_MILLISECOND = 999_000;
    private static final int END_OF_SECOND = 999_999_000;

    public static Sent completion(long learnerId, String course, String block, double completion, Instant modified) {
        return new Sent(learnerId, course, block, OptionalDouble.of(completion), modified);
    }

    public static Sent deletion(long learnerId, String course, String block, long milliseconds) {
        return new Sent(learnerId, course, block, OptionalDouble.empty(),
                Instant.ofEpochMilli(milliseconds).plusNanos(milliseconds % 1000 == 0 ? END_OF_SECOND : END_OF_MILLISECOND));
    }

    private Instant sentAt() {
        return modified.getNano() == END_OF_SECOND ? modified.truncatedTo(ChronoUnit.SECONDS) : modified;
    }

    public void by(Lms lms) {
        if (completion.isPresent()) {
            lms.complete(learnerId, course, block, completion.getAsDouble(), modified.toString());
        } else {
            lms.delete(learnerId, course, block, sentAt());
        }
    }

    /** The same as a row that Debezium read or captured. */
    public void capturedBy(Lms lms) {
        if (completion.isEmpty()) {
            by(lms);
            return;
        }
        lms.capture("completion_blockcompletion", """
                {"op": "r", "after": {"user_id": %d, "course_key": "%s", "block_key": "%s", "completion": %s, "modified": %d},
                 "source": {"ts_ms": 1798761600000}}""".formatted(learnerId, course, block, completion.getAsDouble(),
                ChronoUnit.MICROS.between(Instant.EPOCH, modified)));
    }
}
