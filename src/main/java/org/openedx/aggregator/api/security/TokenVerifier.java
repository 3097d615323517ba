package org.openedx.aggregator.api.security;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.quarkus.security.AuthenticationFailedException;

/**
 * Turns a token into the {@link Viewer} it speaks for, by the rules of {@code edx-drf-extensions}: signed by a trusted
 * key, {@code exp} and {@code iat} present, known issuer, our audience, a version we understand, not restricted.
 */
@Startup
@Singleton
public class TokenVerifier {

    static final String INVALID = "Invalid token.";
    static final String EXPIRED = "Token has expired.";

    // In characters, a byte each. A busy site has some thousand people online in an hour, the life of a token of some
    // 1 500 characters; whoever has one long token can get many, so entries are not counted but weighed.
    private static final int CACHED_CHARACTERS = 16_000_000;
    private static final String SERVICE_GRANT = "client-credentials";
    private static final int MAX_EMAIL = 254;

    private final AuthConfig config;
    private final TrustedKeys keys;
    private final Clock clock;
    private final Cache<String, VerifiedToken> verified = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .weigher((String token, VerifiedToken known) -> token.length())
            // Else the cache does its housekeeping on a thread pool of its own.
            .executor(Runnable::run)
            .build();

    TokenVerifier(AuthConfig config, Clock clock) {
        this.config = config;
        this.keys = new TrustedKeys(config);
        this.clock = clock;
    }

    /**
     * Who the token speaks for. A signature is checked once; after that the token is known until its {@code exp}.
     *
     * @throws AuthenticationFailedException with a message for the caller; the cause says why
     */
    public Viewer verify(String token) {
        var now = clock.instant();
        var known = verified.getIfPresent(token);
        if (known != null && now.isBefore(known.expiry())) {
            return known.viewer();
        }
        var checked = check(token, now);
        verified.put(token, checked);
        return checked.viewer();
    }

    private VerifiedToken check(String token, Instant now) {
        if (!CompactToken.is(token)) {
            throw new AuthenticationFailedException(INVALID);
        }
        try {
            return read(consumer(now).processToClaims(token));
        } catch (InvalidJwtException e) {
            logRefused(e);
            throw new AuthenticationFailedException(e.hasExpired() ? EXPIRED : INVALID, e);
        } catch (MalformedClaimException | IllegalArgumentException | ArithmeticException e) {
            throw new AuthenticationFailedException(INVALID, e);
        }
    }

    // The message has the claims in it, and the details of a bad signature the whole token.
    private static void logRefused(InvalidJwtException refusal) {
        if (Log.isDebugEnabled()) {
            Log.debugf("Refused a token for jose4j's error codes %s",
                    refusal.getErrorDetails().stream().map(ErrorCodeValidator.Error::getErrorCode).toList());
        }
    }

    private JwtConsumer consumer(Instant now) {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(keys.algorithms())
                .setVerificationKeyResolver(keys)
                // Tutor's secret has 20 characters, less than the 256 bits the specification wants.
                .setRelaxVerificationKeyValidation()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                .setAllowedClockSkewInSeconds(Math.toIntExact(config.leeway().toSeconds()))
                .setExpectedIssuers(true, config.issuers().toArray(String[]::new))
                .setExpectedAudience(config.audience())
                .registerValidator(this::refuseLaterVersion)
                .registerValidator(TokenVerifier::refuseRestricted)
                .build();
    }

    // A token without a version is of the first one.
    private String refuseLaterVersion(JwtContext context) throws MalformedClaimException {
        var version = context.getJwtClaims().getStringClaimValue("version");
        return version == null || majorOf(version) <= config.supportedMajorVersion()
                ? null
                : "Version " + version + " is not supported";
    }

    private static int majorOf(String version) throws MalformedClaimException {
        try {
            return Integer.parseInt(version.split("\\.", 2)[0]);
        } catch (NumberFormatException e) {
            throw new MalformedClaimException("Not a version: " + version, e);
        }
    }

    // Restricted applications get tokens with scopes per view, and no view here declares any.
    private static String refuseRestricted(JwtContext context) throws MalformedClaimException {
        return flag(context.getJwtClaims(), "is_restricted") ? "Issued to a restricted application" : null;
    }

    private static VerifiedToken read(JwtClaims claims) throws MalformedClaimException {
        var viewer = new Viewer(
                usernameIn(claims),
                flag(claims, "administrator"),
                flag(claims, "superuser"),
                userIdIn(claims),
                SERVICE_GRANT.equals(claims.getClaimValue("grant_type")),
                emailIn(claims));
        return new VerifiedToken(viewer, Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
    }

    // Whoever entered the address of somebody else must not have that person written to.
    private static Optional<String> emailIn(JwtClaims claims) throws MalformedClaimException {
        boolean denied = Boolean.FALSE.equals(claims.getClaimValue("email_verified"));
        return claims.getClaimValue("email") instanceof String email && !denied && email.length() <= MAX_EMAIL
                ? Optional.of(email)
                : Optional.empty();
    }

    private static String usernameIn(JwtClaims claims) throws MalformedClaimException {
        var preferred = claims.getStringClaimValue("preferred_username");
        return Optional.ofNullable(preferred != null ? preferred : claims.getStringClaimValue("username"))
                .orElseThrow(() -> new IllegalArgumentException("No username"));
    }

    private static OptionalLong userIdIn(JwtClaims claims) throws MalformedClaimException {
        var id = claims.getClaimValue("user_id", Number.class);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id.longValue());
    }

    private static boolean flag(JwtClaims claims, String name) throws MalformedClaimException {
        return Boolean.TRUE.equals(claims.getClaimValue(name, Boolean.class));
    }

    private record VerifiedToken(Viewer viewer, Instant expiry) {
    }
}
