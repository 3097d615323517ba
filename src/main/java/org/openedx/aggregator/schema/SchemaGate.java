package org.openedx.aggregator.schema;

import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.flywaydb.core.api.FlywayException;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;

/** Holds the start until the schema is there, before anything is read from the broker, scheduled or served. */
@ApplicationScoped
class SchemaGate {

    private final Schema schema;
    private final SchemaConfig config;

    SchemaGate(Schema schema, SchemaConfig config) {
        this.schema = schema;
        this.config = config;
    }

    void onStart(@Observes @Priority(PLATFORM_BEFORE) StartupEvent event) throws InterruptedException {
        if (config.migrateOnly()) {
            schema.migrate();
            Log.info("The schema is migrated");
            Quarkus.asyncExit();
        } else if (!config.longestWait().isZero()) {
            awaitSchema();
        }
    }

    /** Blocks the starting thread, on which nothing else runs yet. */
    void awaitSchema() throws InterruptedException {
        long looks = 1 + config.longestWait().dividedBy(config.every());
        var lack = lack();
        var told = "";
        for (long look = 1; look < looks && !lack.isEmpty(); look++) {
            told = tell(lack, told);
            TimeUnit.MILLISECONDS.sleep(config.every().toMillis());
            lack = lack();
        }
        if (!lack.isEmpty()) {
            throw new IllegalStateException("The schema was not migrated in time: " + lack);
        }
    }

    private static String tell(String lack, String told) {
        if (!lack.equals(told)) {
            Log.infof("Waiting for the schema to be migrated: %s", lack);
        }
        return lack;
    }

    private String lack() {
        try {
            var missing = schema.missing();
            return missing.isEmpty() ? "" : "it lacks " + String.join(", ", missing);
        } catch (FlywayException e) {
            return "the database does not answer: " + e.getMessage();
        }
    }
}
