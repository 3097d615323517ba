package org.openedx.aggregator.page;

import java.util.regex.Pattern;

/** What others wrote, so that it cannot turn around what stands beside it. */
final class PlainText {

    // Unicode's explicit directions (embeddings, overrides, isolates), and control characters but tab and line feeds.
    private static final Pattern CONTROLS = Pattern
            .compile("[\\u202A-\\u202E\\u2066-\\u2069\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]");

    private PlainText() {
    }

    static String of(String text) {
        return CONTROLS.matcher(text).replaceAll("");
    }
}
