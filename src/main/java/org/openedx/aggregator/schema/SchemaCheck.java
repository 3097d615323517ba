package org.openedx.aggregator.schema;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.api.FlywayException;

/** Ready is who finds the tables it was built for; after an older backup was restored nobody is. */
@Readiness
@ApplicationScoped
class SchemaCheck implements HealthCheck {

    private final Schema schema;

    SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Schema version");
        try {
            var missing = schema.missing();
            return missing.isEmpty()
                    ? response.up().build()
                    : response.down().withData("missing", String.join(", ", missing)).build();
        } catch (FlywayException e) {
            return response.down().withData("missing", "unknown, the database does not answer").build();
        }
    }
}
