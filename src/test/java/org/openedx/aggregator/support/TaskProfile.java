package org.openedx.aggregator.support;

import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Tasks run when a test says so, and need not wait long. */
public class TaskProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("aggregator.task.every", "off",
                "aggregator.task.purge-every", "off",
                "aggregator.worker.every", "off",
                "aggregator.worker.lease", "1s",
                "aggregator.aggregation.every", "off",
                "aggregator.task.lease", "2s",
                "aggregator.task.progress-every", "200ms",
                "aggregator.task.retry-after", "100ms");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeArtifactStore.class);
    }
}
