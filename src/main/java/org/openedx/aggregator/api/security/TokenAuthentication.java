package org.openedx.aggregator.api.security;

import java.util.regex.Pattern;

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
import io.vertx.ext.web.RoutingContext;

/** Reads {@code Authorization: JWT <token>}, the form of Open edX, or {@code Bearer <token>}; anything else is nobody. */
@Singleton
class TokenAuthentication implements HttpAuthenticationMechanism {

    private static final Pattern TOKEN = Pattern.compile("(?:JWT|Bearer)(?: +(.*))?", Pattern.CASE_INSENSITIVE);

    private final TokenVerifier verifier;

    TokenAuthentication(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        var token = TOKEN.matcher(header.strip());
        if (!token.matches()) {
            return Uni.createFrom().nullItem();
        }
        return identity(token.group(1));
    }

    private Uni<SecurityIdentity> identity(String token) {
        if (token == null) {
            return Uni.createFrom().failure(new AuthenticationFailedException(TokenVerifier.INVALID));
        }
        try {
            return Uni.createFrom().item(identityOf(verifier.verify(token)));
        } catch (AuthenticationFailedException e) {
            return Uni.createFrom().failure(e);
        }
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
