package org.openedx.aggregator.tracking;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as Python's isoformat writes them: always with an offset, six digits of a fraction or none. */
final class IsoTime {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'")
            .withZone(ZoneOffset.UTC);

    private IsoTime() {
    }

    /** From microseconds since 1970-01-01T00:00:00Z. */
    static String text(long micros) {
        return (micros % 1_000_000 == 0 ? SECONDS : MICROS).format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
