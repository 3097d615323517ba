package org.openedx.aggregator.support;

import java.time.Duration;

import io.smallrye.mutiny.Uni;

/** Waits for what the service would not wait for. */
public final class Result {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Result() {
    }

    public static <T> T of(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
