package org.openedx.aggregator.oracle;

import java.time.Instant;

/** One row of the reference's table, as it should be. */
public record Expected(String blockKey, String aggregationName, double earned, double possible, double percent,
        Instant lastModified) {
}
