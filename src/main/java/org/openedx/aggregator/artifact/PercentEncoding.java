package org.openedx.aggregator.artifact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Text in URLs and in header parameters of RFC 8187: what a form's encoding does, but for the blank and the star. */
final class PercentEncoding {

    private PercentEncoding() {
    }

    static String ofPath(String path) {
        return Arrays.stream(path.split("/", -1)).map(PercentEncoding::of).collect(Collectors.joining("/"));
    }

    static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    }
}
