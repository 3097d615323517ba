package org.openedx.aggregator.dev;

import java.net.URI;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.mutiny.Uni;

/** Once after each start of dev mode, loads the demo and ends the log with what a newcomer can try. */
@ApplicationScoped
@IfBuildProfile("dev")
class DemoJob {

    private final Demo demo;
    // The running server would know its port too, but after a live reload nobody tells it again.
    private final VertxHttpConfig http;
    private volatile boolean loaded;
    private volatile boolean shown;

    DemoJob(Demo demo, VertxHttpConfig http) {
        this.demo = demo;
        this.http = http;
    }

    // Not at start-up itself: the server must serve, or the lines would lead nowhere and the log would go on after them.
    @Scheduled(identity = "demo", every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> showDemo() {
        if (shown) {
            return Uni.createFrom().voidItem();
        }
        return load()
                .chain(demo::isReady)
                .invoke(this::showWhenReady)
                .replaceWithVoid();
    }

    private Uni<Void> load() {
        if (loaded) {
            return Uni.createFrom().voidItem();
        }
        return demo.load()
                .invoke(() -> loaded = true)
                .replaceWithVoid();
    }

    private void showWhenReady(boolean ready) {
        if (ready) {
            shown = true;
            Log.info(DemoLines.of(URI.create("http://localhost:" + http.port())));
        }
    }
}
