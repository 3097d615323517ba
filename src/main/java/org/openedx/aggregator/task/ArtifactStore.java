package org.openedx.aggregator.task;

import java.net.URI;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;

/** Keeps files by keys of the form {@code user_tasks/<year>/<month>/<day>/<uuid>/<file name>}. */
public interface ArtifactStore {

    /**
     * Stores a file, asking for its content no faster than it can be written. Under its key it is there completely or
     * not at all.
     *
     * @return the number of bytes; fails if the key is of another form, the store is in trouble, or with the content
     */
    Uni<Long> write(String key, Multi<Buffer> content);

    /** Removes a file; one that is not there is removed already. */
    Uni<Void> delete(String key);

    /**
     * An address from which anybody can load the file until {@code aggregator.artifact.link-life} has passed. It is not
     * looked whether there is one. On our own host it is relative to the root of the host, unless
     * {@code aggregator.artifact.public-url} is set.
     *
     * @param fileName under which a browser saves the file
     */
    Uni<URI> link(String key, String fileName, String mediaType);
}
