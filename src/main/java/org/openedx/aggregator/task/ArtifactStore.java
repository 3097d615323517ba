package org.openedx.aggregator.task;

import java.net.URI;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Where the files of artifacts are. */
public interface ArtifactStore {

    /** Streams a file and says how many bytes it has. */
    Uni<Long> write(String key, Multi<io.vertx.mutiny.core.buffer.Buffer> content);

    /** Deletes a file, which may be gone already. */
    Uni<Void> delete(String key);

    /** An address that is good for some time and for whoever has it. */
    Uni<URI> link(String key, String fileName, String mediaType);
}
