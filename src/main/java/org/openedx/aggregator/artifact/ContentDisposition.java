package org.openedx.aggregator.artifact;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Tells a browser to save a file, and under which name (RFC 6266, RFC 8187). */
final class ContentDisposition {

    // Separators and what is special in some file system; controls; invisible characters that turn a name around.
    private static final Pattern UNFIT = Pattern
            .compile("[/\\\\:*?\"<>|\\p{Cc}\\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\\p{Cs}]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_PLAIN_TEXT = Pattern.compile("[^ -~]|[%\"\\\\]");
    private static final int LONGEST = 150;

    private ContentDisposition() {
    }

    /** With the name in full and, for clients of another age, in ASCII. */
    static String attachment(String fileName) {
        var name = fit(fileName);
        return "attachment; filename=\"" + plain(name) + "\"; filename*=UTF-8''" + PercentEncoding.of(name);
    }

    private static String fit(String name) {
        // The end is kept: there is the extension.
        var end = name.substring(Math.max(0, name.length() - LONGEST));
        var fit = UNFIT.matcher(end).replaceAll("_").strip();
        return fit.isEmpty() ? "artifact" : fit;
    }

    private static String plain(String name) {
        var apart = Normalizer.normalize(name, Normalizer.Form.NFKD);
        return NO_PLAIN_TEXT.matcher(MARKS.matcher(apart).replaceAll("")).replaceAll("_");
    }
}
