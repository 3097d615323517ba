package org.openedx.aggregator.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** A clock that is a second later at each look, so that no two facts have the same time; all are older than plain events. */
final class Ticks {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx")
            .withZone(ZoneOffset.UTC);

    private Instant time = Instant.parse("2024-01-01T00:00:00.123456Z");

    String next() {
        time = time.plus(1, ChronoUnit.SECONDS);
        return TIME.format(time);
    }

    /** Of the time that was given last, since 1970. */
    long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
