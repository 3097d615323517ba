package org.openedx.aggregator.api.security;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads {@code Authorization: JWT <token>}, the form of Open edX, or {@code Bearer <token>}; any other scheme is nobody.
 * Without that header the token may come in the cookies of the LMS, where a bad one counts as absent.
 */
@Singleton
class TokenAuthentication implements HttpAuthenticationMechanism {

    private static final String CSRF_HEADER = "X-CSRFToken";

    private final TokenVerifier verifier;
    private final CsrfGuard guard;

    TokenAuthentication(TokenVerifier verifier, CsrfGuard guard) {
        this.verifier = verifier;
        this.guard = guard;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        try {
            return Uni.createFrom().optional(viewer(context.request()).map(TokenAuthentication::identityOf));
        } catch (AuthenticationFailedException | CsrfFailedException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private Optional<Viewer> viewer(HttpServerRequest request) {
        var header = request.getHeader(HttpHeaderNames.AUTHORIZATION);
        return header == null || header.isBlank()
                ? viewerByCookie(request)
                : AuthorizationHeader.token(header).map(verifier::verify);
    }

    private Optional<Viewer> viewerByCookie(HttpServerRequest request) {
        var cookies = BrowserCookies.in(request.headers().getAll(HttpHeaderNames.COOKIE));
        var viewer = cookies.token().flatMap(this::known);
        viewer.ifPresent(somebody -> guard.check(sourceOf(request), cookies.csrfTokens()));
        return viewer;
    }

    private Optional<Viewer> known(String token) {
        try {
            return Optional.of(verifier.verify(token));
        } catch (AuthenticationFailedException e) {
            return Optional.empty();
        }
    }

    private static CsrfGuard.Source sourceOf(HttpServerRequest request) {
        return new CsrfGuard.Source(
                request.method().name(),
                request.scheme(),
                String.valueOf(request.authority()),
                Optional.ofNullable(request.getHeader(HttpHeaderNames.ORIGIN)),
                Optional.ofNullable(request.getHeader(HttpHeaderNames.REFERER)),
                submitted(request));
    }

    // The fields of a form are there because its body was read before.
    private static Optional<String> submitted(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(CSRF_HEADER))
                .or(() -> Optional.ofNullable(request.getFormAttribute(CsrfTokens.Issued.FIELD)));
    }

    private static SecurityIdentity identityOf(Viewer viewer) {
        return QuarkusSecurityIdentity.builder().setPrincipal(viewer).build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(
                HttpResponseStatus.UNAUTHORIZED.code(), HttpHeaderNames.WWW_AUTHENTICATE, Challenge.VALUE));
    }
}
