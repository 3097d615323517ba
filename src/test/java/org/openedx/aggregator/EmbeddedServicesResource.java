package org.openedx.aggregator;

import java.util.Map;

import org.openedx.aggregator.dev.EmbeddedServices;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/** Gives every Quarkus test, and every packaged service under test, the embedded database and broker of its JVM. */
@WithTestResource(value = EmbeddedServicesResource.class, scope = TestResourceScope.GLOBAL)
public class EmbeddedServicesResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return EmbeddedServices.start().properties();
    }

    /** The next test wants the same servers; they end with the JVM. */
    @Override
    public void stop() {
    }
}
