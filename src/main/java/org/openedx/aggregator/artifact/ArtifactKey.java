package org.openedx.aggregator.artifact;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The key of a file, of which every part is the name of one file or directory, and none leads out of the store. */
record ArtifactKey(String value) {

    private static final Pattern FORM = Pattern.compile(
            "user_tasks/\\d{4}/(0[1-9]|1[0-2])/(0[1-9]|[12]\\d|3[01])"
                    + "/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/(?!\\.{1,2}$)[^/\\\\\\p{Cc}]+");
    // What file systems take as one name.
    private static final int LONGEST_NAME = 255;

    ArtifactKey {
        if (!FORM.matcher(value).matches() || lengthOf(value.substring(value.lastIndexOf('/') + 1)) > LONGEST_NAME) {
            throw new InvalidArtifactKeyException();
        }
    }

    private static int lengthOf(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
