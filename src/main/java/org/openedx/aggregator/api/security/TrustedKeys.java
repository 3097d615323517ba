package org.openedx.aggregator.api.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** The keys of the LMS, each usable for the algorithms of its own kind only: an RSA public key never checks an HMAC. */
class TrustedKeys implements VerificationKeyResolver {

    private static final int FEWEST_BITS = 2048;
    // Tutor's has 20; one that can be guessed offline, from any token, opens every door.
    private static final int FEWEST_CHARACTERS = 16;

    private final List<RSAPublicKey> rsaKeys;
    private final Optional<Key> secret;

    TrustedKeys(AuthConfig config) {
        rsaKeys = config.jwkSet()
                .or(() -> config.jwkSetFile().map(TrustedKeys::read))
                .map(TrustedKeys::rsaKeys)
                .orElse(List.of());
        secret = config.symmetricSecret().map(TrustedKeys::secret);
        if (rsaKeys.isEmpty() && secret.isEmpty()) {
            throw new IllegalStateException("No key to check tokens with: set aggregator.auth.jwk-set (or jwk-set-file)"
                    + " to JWT_PUBLIC_SIGNING_JWK_SET of the LMS");
        }
    }

    AlgorithmConstraints algorithms() {
        return secret.isPresent()
                ? permit(AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA512,
                        AlgorithmIdentifiers.HMAC_SHA256)
                : permit(AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA512);
    }

    @Override
    public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        if (AlgorithmIdentifiers.HMAC_SHA256.equals(token.getAlgorithmHeaderValue())) {
            return secret.orElseThrow(() -> new UnresolvableKeyException("HS256 without a configured secret"));
        }
        if (rsaKeys.size() == 1) {
            return rsaKeys.get(0);
        }
        return rsaKeyOf(token);
    }

    // The LMS names no key by default ("kid" is off), so whichever fits is the one.
    private Key rsaKeyOf(JsonWebSignature token) throws UnresolvableKeyException {
        for (var key : rsaKeys) {
            if (signed(token, key)) {
                return key;
            }
        }
        throw new UnresolvableKeyException("Signed by none of " + rsaKeys.size() + " RSA keys");
    }

    private static boolean signed(JsonWebSignature token, Key key) throws UnresolvableKeyException {
        try {
            token.setKey(key);
            return token.verifySignature();
        } catch (JoseException e) {
            throw new UnresolvableKeyException("Unusable signature", e);
        }
    }

    private static AlgorithmConstraints permit(String... algorithms) {
        return new AlgorithmConstraints(ConstraintType.PERMIT, algorithms);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("aggregator.auth.jwk-set-file cannot be read", e);
        }
    }

    private static List<RSAPublicKey> rsaKeys(String jwkSet) {
        try {
            return new JsonWebKeySet(jwkSet).getJsonWebKeys().stream()
                    .map(jwk -> jwk.getKey())
                    .filter(RSAPublicKey.class::isInstance)
                    .map(RSAPublicKey.class::cast)
                    .map(TrustedKeys::strong)
                    .toList();
        } catch (JoseException e) {
            throw new IllegalArgumentException("aggregator.auth.jwk-set is not a JSON Web Key set", e);
        }
    }

    // The verification itself checks no lengths, for the sake of the secret.
    private static RSAPublicKey strong(RSAPublicKey key) {
        if (key.getModulus().bitLength() < FEWEST_BITS) {
            throw new IllegalArgumentException("aggregator.auth.jwk-set has an RSA key of less than " + FEWEST_BITS + " bits");
        }
        return key;
    }

    private static Key secret(String text) {
        if (text.length() < FEWEST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "aggregator.auth.symmetric-secret has less than " + FEWEST_CHARACTERS + " characters");
        }
        return new HmacKey(text.getBytes(StandardCharsets.UTF_8));
    }
}
