package org.openedx.aggregator.artifact;

/**
 * What a link on our own host says.
 *
 * @param expires in seconds since 1970; a number if the signature is good
 * @param fileName under which a browser saves the file
 */
public record ArtifactLink(String key, String expires, String fileName, String mediaType) {

    static final String PATH = "/api/tasks/v0/files/";

    /** All of it but the signature, in the one form in which it is signed. */
    String unsigned() {
        return PATH + PercentEncoding.ofPath(key)
                + "?expires=" + PercentEncoding.of(expires)
                + "&name=" + PercentEncoding.of(fileName)
                + "&type=" + PercentEncoding.of(mediaType);
    }
}
