package org.openedx.aggregator.artifact;

import java.nio.file.Path;

/**
 * A file to send.
 *
 * @param size in bytes
 * @param tag an opaque text that changes with the content, for {@code ETag}
 * @param disposition the value of {@code Content-Disposition}
 */
public record ArtifactFile(Path path, long size, String tag, String mediaType, String disposition) {

    static ArtifactFile of(StoredFile file, ArtifactLink link) {
        return new ArtifactFile(
                file.path(), file.size(), file.tag(), link.mediaType(), ContentDisposition.attachment(link.fileName()));
    }
}
