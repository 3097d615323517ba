package org.openedx.aggregator.support;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Gives a test an LMS to fetch course structures from, in its field of type {@link StubLms}, and quick settings. */
public class StubLmsResource implements QuarkusTestResourceLifecycleManager {

    private StubLms lms;

    @Override
    public Map<String, String> start() {
        lms = new StubLms();
        var settings = new HashMap<>(lms.properties());
        settings.putAll(Map.of(
                "aggregator.lms.every", "1s",
                "aggregator.lms.reconcile-every", "off",
                "aggregator.lms.repetitions", "0",
                "aggregator.lms.breaker-failures", "4",
                "aggregator.lms.breaker-pause", "2s",
                "aggregator.structure.quiet-time", "500ms",
                "aggregator.structure.retry-after", "1s"));
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(lms, field -> field.getType() == StubLms.class);
    }

    @Override
    public void stop() {
        if (lms != null) {
            lms.close();
        }
    }
}
