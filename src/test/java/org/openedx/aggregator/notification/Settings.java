package org.openedx.aggregator.notification;

import java.util.Map;

import io.smallrye.config.SmallRyeConfigBuilder;

/** The configuration as it would be with some settings. */
public final class Settings {

    private Settings() {
    }

    public static NotificationConfig of(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withDefaultValues(settings)
                .withMapping(NotificationConfig.class)
                .build()
                .getConfigMapping(NotificationConfig.class);
    }
}
