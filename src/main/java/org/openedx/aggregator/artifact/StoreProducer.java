package org.openedx.aggregator.artifact;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.openedx.aggregator.task.ArtifactStore;

import io.quarkus.runtime.Startup;
import io.vertx.mutiny.core.Vertx;

/** Which store there is, decided when the service starts, so that a setting that is missing is missed then. */
class StoreProducer {

    @Produces
    @Singleton
    @Startup
    ArtifactStore store(ArtifactConfig config, LocalStore local, LinkSigner signer, Vertx vertx) {
        if (config.s3().bucket().isPresent()) {
            return new S3Store(vertx, config);
        }
        signer.requireSecret();
        return local;
    }

    void close(@Disposes ArtifactStore store) {
        if (store instanceof S3Store s3) {
            s3.close();
        }
    }
}
