package org.openedx.aggregator.support;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Gives a test a schema registry of its own, in its field of type {@link Registry}. */
public class RegistryResource implements QuarkusTestResourceLifecycleManager {

    private Registry registry;

    @Override
    public Map<String, String> start() {
        registry = new Registry();
        return Map.of("aggregator.registry.url", registry.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(registry, field -> field.getType() == Registry.class);
    }

    @Override
    public void stop() {
        if (registry != null) {
            registry.close();
        }
    }
}
