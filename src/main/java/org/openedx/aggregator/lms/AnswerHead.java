package org.openedx.aggregator.lms;

import static org.openedx.aggregator.lms.LmsException.Trouble.MISSING;
import static org.openedx.aggregator.lms.LmsException.Trouble.REFUSED;
import static org.openedx.aggregator.lms.LmsException.Trouble.THROTTLED;
import static org.openedx.aggregator.lms.LmsException.Trouble.UNAVAILABLE;
import static org.openedx.aggregator.lms.LmsException.Trouble.UNUSABLE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What an answer says before its body.
 *
 * @param contentType null if it does not say
 * @param retryAfter null if it does not say
 */
record AnswerHead(int status, String contentType, String retryAfter) {

    private static final int QUOTED = 300;

    // Nobody means to be left alone for longer, whatever the number says.
    private static final Duration LONGEST = Duration.ofDays(1);

    /** @throws LmsException unless it is a 200 */
    void requireOk(InputStream body, Clock clock) throws IOException {
        if (status != 200) {
            throw refusal(body, clock);
        }
    }

    private LmsException refusal(InputStream body, Clock clock) throws IOException {
        return switch (status) {
            case 401 -> new UnauthorizedException("The LMS does not accept the token (401)");
            case 403 -> new LmsException(REFUSED, "The LMS refuses (403): the service user needs staff rights");
            case 404 -> missing();
            case 429 -> new LmsException(THROTTLED, "The LMS is asked too often (429)", retryAfter(clock));
            default -> other(body, clock);
        };
    }

    // Also a proxy, or an LMS of another path, answers 404; the LMS's own is JSON.
    private LmsException missing() {
        return contentType != null && contentType.contains("json")
                ? new LmsException(MISSING, "The LMS does not know it (404)")
                : new LmsException(REFUSED, "There is no such API below aggregator.lms.url (404, and not in JSON)");
    }

    private LmsException other(InputStream body, Clock clock) throws IOException {
        if (status >= 500) {
            return new LmsException(UNAVAILABLE, "The LMS fails (" + status + ")", retryAfter(clock));
        }
        if (status >= 300 && status < 400) {
            return new LmsException(REFUSED, "The LMS redirects (" + status + "): is aggregator.lms.url its exact address?");
        }
        var beginning = new String(body.readNBytes(QUOTED), StandardCharsets.UTF_8).replaceAll("[\\s\\p{Cntrl}]+", " ");
        return new LmsException(UNUSABLE, "The LMS answers with " + status + ": " + beginning);
    }

    /** Seconds or a date; zero for anything else. */
    private Duration retryAfter(Clock clock) {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        try {
            return bounded(retryAfter.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(clock.instant(),
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration bounded(Duration wanted) {
        return wanted.isNegative() ? Duration.ZERO : wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }
}
