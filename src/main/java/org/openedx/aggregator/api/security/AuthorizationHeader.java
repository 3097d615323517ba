package org.openedx.aggregator.api.security;

import java.util.List;
import java.util.Optional;

/** The header {@code Authorization} as the LMS and its clients write it. Read on every request, so without a pattern. */
final class AuthorizationHeader {

    private static final List<String> SCHEMES = List.of("JWT", "Bearer");

    private AuthorizationHeader() {
    }

    /** What follows the scheme, perhaps nothing and perhaps no token at all; absent if the scheme is another. */
    static Optional<String> token(String header) {
        var text = header.strip();
        for (var scheme : SCHEMES) {
            if (isOf(scheme, text)) {
                return Optional.of(text.substring(scheme.length()).strip());
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(String scheme, String text) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length())
                && (text.length() == scheme.length() || text.charAt(scheme.length()) == ' ');
    }
}
