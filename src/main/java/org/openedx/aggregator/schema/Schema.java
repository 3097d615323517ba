package org.openedx.aggregator.schema;

import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** The migrations this build brings. What a later build has added is no hindrance: migrations only ever add. */
@ApplicationScoped
class Schema {

    private final Flyway flyway;

    Schema(Flyway flyway) {
        this.flyway = flyway;
    }

    /** The versions the database lacks or that failed there. Blocks; a FlywayException says the database is not there. */
    List<String> missing() {
        return Stream.of(flyway.info().all())
                .filter(Schema::isMissing)
                .map(migration -> "V" + migration.getVersion())
                .toList();
    }

    /** Brings the database up to this build. Blocks; several at once wait for each other. */
    void migrate() {
        flyway.migrate();
    }

    private static boolean isMissing(MigrationInfo migration) {
        var state = migration.getState();
        return state.isFailed() || state.isResolved() && !state.isApplied();
    }
}
