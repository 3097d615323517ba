package org.openedx.aggregator.api.security;

/** The form of a signed token, looked at before anything is decoded: three parts in base64url and no more. */
final class CompactToken {

    /** In characters. The LMS's are below 2 000, and each half of a token split into cookies is below 4 096. */
    static final int LONGEST = 8_192;

    private static final int DOTS = 2;

    private CompactToken() {
    }

    /**
     * Whether it looks like one. Decoders skip letters that are none of theirs, so without this check one signature has
     * endless spellings, each of them worth a place in the cache of known tokens.
     */
    static boolean is(String text) {
        return text.length() <= LONGEST
                && text.chars().allMatch(letter -> letter == '.' || isBase64Url(letter))
                && text.chars().filter(letter -> letter == '.').count() == DOTS;
    }

    private static boolean isBase64Url(int letter) {
        return letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9'
                || letter == '-' || letter == '_';
    }
}
