package org.openedx.aggregator.api.security;

import java.util.List;
import java.util.Optional;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;

/**
 * The cookies that mean something here, of all those a browser sends along.
 *
 * @param token the token the LMS splits in two, so that scripts can read who is there but not take the signature away
 * @param csrfTokens several if the LMS sets one for its whole domain beside ours; an order is not promised
 */
record BrowserCookies(Optional<String> token, List<CsrfToken> csrfTokens) {

    static final String CSRF = "csrftoken";

    private static final String HEADER_AND_PAYLOAD = "edx-jwt-cookie-header-payload";
    private static final String SIGNATURE = "edx-jwt-cookie-signature";

    /** Reads the values of the headers {@code Cookie}; what is no cookie is left out. */
    static BrowserCookies in(List<String> headers) {
        var cookies = headers.stream()
                .map(ServerCookieDecoder.LAX::decodeAll)
                .flatMap(List::stream)
                .toList();
        var csrfTokens = cookies.stream()
                .filter(cookie -> cookie.name().equals(CSRF))
                .map(Cookie::value)
                .map(CsrfToken::read)
                .flatMap(Optional::stream)
                .toList();
        return new BrowserCookies(token(cookies), csrfTokens);
    }

    private static Optional<String> token(List<Cookie> cookies) {
        var signed = first(cookies, HEADER_AND_PAYLOAD);
        var signature = first(cookies, SIGNATURE);
        return signed.isPresent() && signature.isPresent()
                ? Optional.of(signed.get() + '.' + signature.get())
                : Optional.empty();
    }

    private static Optional<String> first(List<Cookie> cookies, String name) {
        return cookies.stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst();
    }
}
