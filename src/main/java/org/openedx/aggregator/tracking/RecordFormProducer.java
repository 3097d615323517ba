package org.openedx.aggregator.tracking;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.openedx.aggregator.registry.SchemaRegistry;
import org.openedx.aggregator.tracking.TrackingConfig.Form;

/** Chooses the form of records once, by the settings. */
@ApplicationScoped
class RecordFormProducer {

    @Produces
    @Singleton
    RecordForm form(TrackingConfig config, SchemaRegistry registry) {
        var form = config.form().orElse(registry.isConfigured() ? Form.AVRO : Form.JSON);
        return switch (form) {
            case JSON -> new JsonForm(config);
            case AVRO -> new EventBusForm(config, registry, host());
        };
    }

    private static String host() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("completion-aggregator");
    }
}
