package org.openedx.aggregator.support;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The service without its job: marks stay until a test takes them. */
public class NoAggregation implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("aggregator.aggregation.every", "off");
    }
}
