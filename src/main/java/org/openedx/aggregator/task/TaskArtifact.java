package org.openedx.aggregator.task;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a task left for the person who asked for it: a file, a page or a text.
 *
 * @param task whose it is
 * @param file a link to the file, made now and good for some time
 */
public record TaskArtifact(UUID uuid, UUID task, String name, Instant created, Instant modified, Optional<URI> file,
        Optional<String> url, Optional<String> text) {
}
