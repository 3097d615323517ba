package org.openedx.aggregator.api.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a page shows to prove that it can read our answers: a secret (190 random bits) that comes back in a cookie, which
 * any page makes the browser send, and in a header, which only ours can fill. The form is Django's, so that the token of
 * the LMS is as good where the service is proxied on the LMS host and the two share the cookie.
 */
record CsrfToken(String secret) {

    private static final int LENGTH = 32;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    static CsrfToken random(RandomGenerator random) {
        var secret = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new CsrfToken(secret.toString());
    }

    /** A bare secret, or one behind a mask as Django writes it into pages: the mask, then the secret shifted by it. */
    static Optional<CsrfToken> read(String text) {
        if (!text.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0)) {
            return Optional.empty();
        }
        return switch (text.length()) {
            case LENGTH -> Optional.of(new CsrfToken(text));
            case 2 * LENGTH -> Optional.of(new CsrfToken(unmasked(text)));
            default -> Optional.empty();
        };
    }

    private static String unmasked(String text) {
        var secret = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            var shifted = LETTERS.indexOf(text.charAt(LENGTH + i)) - LETTERS.indexOf(text.charAt(i));
            secret.append(LETTERS.charAt(Math.floorMod(shifted, LETTERS.length())));
        }
        return secret.toString();
    }

    /** Takes as long for a near miss as for any other, so that time tells nothing. */
    boolean matches(CsrfToken other) {
        return MessageDigest.isEqual(secret.getBytes(US_ASCII), other.secret.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "CsrfToken";
    }
}
