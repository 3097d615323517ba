package org.openedx.aggregator.tracking;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The service with progress events switched on, on a topic of its own. */
public class Tracked implements QuarkusTestProfile {

    static final String TOPIC = "progress-events-test";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("aggregator.tracking.enabled", "true", "aggregator.tracking.topic", TOPIC);
    }
}
