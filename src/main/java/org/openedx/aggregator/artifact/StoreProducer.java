package org.openedx.aggregator.artifact;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.Startup;

/** Which store there is, decided when the service starts, so that a setting that is missing is missed then. */
class StoreProducer {

    @Produces
    @Singleton
    @Startup
    ArtifactStore store(LocalStore local, LinkSigner signer) {
        signer.requireSecret();
        return local;
    }
}
