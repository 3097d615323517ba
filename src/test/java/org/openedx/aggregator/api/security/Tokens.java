package org.openedx.aggregator.api.security;

import static org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Tokens as the LMS writes them, and as it never would. */
class Tokens {

    static final String ISSUER = "https://lms.example.org/oauth2";
    static final String AUDIENCE = "openedx";
    static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    static final Instant ONE_O_CLOCK = Instant.parse("2026-05-04T13:00:00Z");
    static final RsaJsonWebKey KEY = newKey();
    static final RsaJsonWebKey OTHER_KEY = newKey();
    static final RsaJsonWebKey THIRD_KEY = newKey();

    private final Map<String, Object> claims = new HashMap<>(Map.of(
            "iss", ISSUER,
            "aud", AUDIENCE,
            "iat", NOON.getEpochSecond(),
            "exp", ONE_O_CLOCK.getEpochSecond(),
            "version", "1.2.0",
            "is_restricted", false,
            "preferred_username", "alice",
            "administrator", false,
            "superuser", false,
            "user_id", 42));
    private String keyId;
    private RsaJsonWebKey embedded;

    static Tokens token() {
        return new Tokens();
    }

    Tokens with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    Tokens without(String claim) {
        claims.remove(claim);
        return this;
    }

    Tokens keyId(String id) {
        keyId = id;
        return this;
    }

    /** Brings the key it wants to be checked with, as an attacker would. */
    Tokens ownKey(RsaJsonWebKey key) {
        embedded = key;
        return this;
    }

    String signed() {
        return signed("RS512", KEY.getPrivateKey());
    }

    String signedWithSecret(String secret) {
        return signed("HS256", new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
    }

    String signed(String algorithm, Key key) {
        try {
            var jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(NO_CONSTRAINTS);
            jws.setDoKeyValidation(false);
            jws.setAlgorithmHeaderValue(algorithm);
            if (keyId != null) {
                jws.setKeyIdHeaderValue(keyId);
            }
            if (embedded != null) {
                jws.setJwkHeader(embedded);
            }
            jws.setKey(key);
            jws.setPayload(JsonUtil.toJson(claims));
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static String jwkSet(RsaJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static RsaJsonWebKey newKey() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
