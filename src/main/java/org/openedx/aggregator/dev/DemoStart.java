package org.openedx.aggregator.dev;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Uni;

/** Loads the demo when dev mode serves, and ends its log with what a newcomer can try. */
@ApplicationScoped
@IfBuildProfile("dev")
class DemoStart {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Demo demo;
    private final HttpServer server;

    DemoStart(Demo demo, HttpServer server) {
        this.demo = demo;
        this.server = server;
    }

    // Nobody subscribes to what an observer returns, so it waits; its thread is a worker's.
    void onServing(@ObservesAsync HttpServerStart serving) {
        try {
            demo.load()
                    .chain(this::untilReady)
                    .await()
                    .atMost(PATIENCE);
            Log.info(DemoLines.of(server.getLocalBaseUri()));
        } catch (RuntimeException e) {
            Log.errorf(e, "The demo course could not be loaded");
        }
    }

    private Uni<Boolean> untilReady() {
        return demo.isReady()
                .repeat()
                .withDelay(PAUSE)
                .until(ready -> ready)
                .collect()
                .last();
    }
}
