package org.openedx.aggregator.artifact;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Finds the file of a signed link in the directory. */
@ApplicationScoped
public class ArtifactFiles {

    private final LocalStore store;
    private final LinkSigner signer;

    ArtifactFiles(LocalStore store, LinkSigner signer) {
        this.store = store;
        this.signer = signer;
    }

    /** Fails with {@link LinkRefusedException} or {@link ArtifactNotFoundException}. */
    public Uni<ArtifactFile> find(ArtifactLink link, String signature) {
        signer.verify(link, signature);
        return store.find(link.key()).map(file -> ArtifactFile.of(file, link));
    }
}
