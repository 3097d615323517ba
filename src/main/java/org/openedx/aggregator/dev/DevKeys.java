package org.openedx.aggregator.dev;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Plays the LMS that signs tokens: a key pair made once per JVM. It is kept in a system property, so that it survives
 * live reload and is the same for all class loaders of a test run, and never in a file.
 */
public final class DevKeys {

    /** The {@code iss} claim of the tokens, as configured for dev mode and tests. */
    public static final String ISSUER = "http://local.openedx.io:8000/oauth2";
    /** The {@code aud} claim of the tokens. */
    public static final String AUDIENCE = "openedx";

    private static final String LINK_SECRET = UUID.randomUUID().toString() + UUID.randomUUID();
    private static final String PROPERTY = "aggregator.dev.signing-key";
    private static final int BITS = 2048;
    private static final long LIFE_SECONDS = 3600;

    private DevKeys() {
    }

    /** The public half, as the value of {@code aggregator.auth.jwk-set}. */
    public static String jwkSet() {
        return new JsonWebKeySet(key()).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** Signs links to artifacts; another one at each start. */
    public static String linkSecret() {
        return LINK_SECRET;
    }

    /**
     * An RS512 token with the claims of a learner's token of the LMS, valid for an hour.
     *
     * @param claims replace or add to the usual ones, as {@code Map.of("preferred_username", "alice")}; a {@code null}
     *        value takes the claim away
     */
    public static String token(Map<String, Object> claims) {
        var all = usualClaims();
        all.putAll(claims);
        all.values().removeIf(value -> value == null);
        return sign(all);
    }

    private static Map<String, Object> usualClaims() {
        var now = NumericDate.now().getValue();
        var claims = new HashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("iat", now);
        claims.put("exp", now + LIFE_SECONDS);
        claims.put("version", "1.2.0");
        claims.put("grant_type", "password");
        claims.put("scopes", List.of("user_id", "email", "profile"));
        claims.put("filters", List.of("user:me"));
        claims.put("is_restricted", false);
        claims.put("email_verified", true);
        claims.put("preferred_username", "alice");
        claims.put("administrator", false);
        claims.put("superuser", false);
        return claims;
    }

    private static String sign(Map<String, Object> claims) {
        try {
            var jws = new JsonWebSignature();
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA512);
            jws.setHeader("typ", "JWT");
            jws.setKey(key().getPrivateKey());
            jws.setPayload(JsonUtil.toJson(claims));
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
    }

    private static PublicJsonWebKey key() {
        try {
            var json = System.getProperties().computeIfAbsent(PROPERTY, name -> newKey());
            return PublicJsonWebKey.Factory.newPublicJwk(json.toString());
        } catch (JoseException e) {
            throw new IllegalStateException("Not a key: " + PROPERTY, e);
        }
    }

    private static String newKey() {
        try {
            var key = RsaJwkGenerator.generateJwk(BITS);
            key.setKeyId("openedx");
            return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException e) {
            throw new IllegalStateException("Cannot make a key", e);
        }
    }
}
