package org.openedx.aggregator.course;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads the ISO-8601 forms in which the platform writes a date; without an offset it means UTC, as there. */
final class ReleaseDate {

    private ReleaseDate() {
    }

    static Instant parse(String text, String owner) {
        try {
            var time = text.indexOf('T');
            if (time < 0) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return hasOffset(text, time) ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new InvalidStructureException(
                    owner + ": start is not an ISO-8601 time: " + InvalidStructureException.quote(text) + ".");
        }
    }

    private static boolean hasOffset(String text, int time) {
        return text.endsWith("Z") || text.indexOf('+', time) >= 0 || text.indexOf('-', time) >= 0;
    }
}
