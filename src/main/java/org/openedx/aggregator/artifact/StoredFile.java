package org.openedx.aggregator.artifact;

import java.nio.file.Path;

/**
 * A file in the directory.
 *
 * @param size in bytes
 * @param modified in milliseconds since 1970
 */
record StoredFile(Path path, long size, long modified) {

    /** Changes with the content: a file is never written to where it lies. */
    String tag() {
        return Long.toHexString(modified) + "-" + Long.toHexString(size);
    }
}
