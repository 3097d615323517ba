package org.openedx.aggregator.lms;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

import org.openedx.aggregator.course.InvalidStructureException;
import org.openedx.aggregator.course.StructureTooLargeException;
import org.openedx.aggregator.lms.LmsException.Trouble;

/**
 * Why a course could not be fetched.
 *
 * @param name what metrics call it
 * @param retryAfter how long the LMS wants to be left alone
 */
record FetchFailure(String name, String reason, Duration retryAfter) {

    private static final String MISSING = name(Trouble.MISSING);
    private static final String OTHER = "failed";

    /** All that metrics call a failure. */
    static Stream<String> names() {
        return Stream.concat(Stream.of(Trouble.values()).map(FetchFailure::name), Stream.of(OTHER));
    }

    static FetchFailure of(Throwable failure) {
        if (failure instanceof LmsException lms) {
            return new FetchFailure(name(lms.trouble()), lms.getMessage(), lms.retryAfter());
        }
        if (failure instanceof InvalidStructureException || failure instanceof StructureTooLargeException) {
            return new FetchFailure(name(Trouble.UNUSABLE), "The LMS's answer cannot be used: " + failure.getMessage(),
                    Duration.ZERO);
        }
        return new FetchFailure(OTHER, failure.toString(), Duration.ZERO);
    }

    /** Whether the LMS knows no such course. */
    boolean isMissing() {
        return name.equals(MISSING);
    }

    private static String name(Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT);
    }
}
