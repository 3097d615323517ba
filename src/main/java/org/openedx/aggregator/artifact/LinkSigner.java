package org.openedx.aggregator.artifact;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Singleton;

/** Makes links on our own host that nobody else can make, and knows them again (HMAC-SHA256). */
@Singleton
class LinkSigner {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 32;

    private final List<String> secrets;
    private final Duration life;
    private final Optional<URI> publicUrl;
    private final Clock clock;

    LinkSigner(ArtifactConfig config, Clock clock) {
        this.secrets = config.linkSecrets().orElse(List.of());
        this.life = config.linkLife();
        this.publicUrl = config.publicUrl();
        this.clock = clock;
        if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST_SECRET)) {
            throw new IllegalStateException(
                    "Each of aggregator.artifact.link-secrets needs " + SHORTEST_SECRET + " characters or more");
        }
    }

    void requireSecret() {
        if (secrets.isEmpty()) {
            throw new IllegalStateException("Nothing to sign links to artifacts with: set aggregator.artifact.link-secrets"
                    + " to a random text of " + SHORTEST_SECRET + " characters or more, the same for all replicas,"
                    + " or aggregator.artifact.s3.bucket");
        }
    }

    /** A link that works from now on for its life. */
    URI link(ArtifactKey key, String fileName, String mediaType) {
        requireSecret();
        var expires = clock.instant().plus(life).getEpochSecond();
        var unsigned = new ArtifactLink(key.value(), Long.toString(expires), fileName, mediaType).unsigned();
        var relative = URI.create(unsigned + "&signature=" + encoded(mac(unsigned, secrets.get(0))));
        return publicUrl.map(base -> base.resolve(relative)).orElse(relative);
    }

    /** @throws LinkRefusedException if we did not make it, or it has expired */
    void verify(ArtifactLink link, String signature) {
        if (secrets.stream().noneMatch(secret -> isSignedWith(secret, link, signature))) {
            throw LinkRefusedException.forged();
        }
        if (clock.instant().getEpochSecond() >= Long.parseLong(link.expires())) {
            throw LinkRefusedException.expired();
        }
    }

    private static boolean isSignedWith(String secret, ArtifactLink link, String signature) {
        var expected = encoded(mac(link.unsigned(), secret));
        return MessageDigest.isEqual(bytes(expected), bytes(signature));
    }

    private static String encoded(byte[] mac) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private static byte[] mac(String text, String secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(secret), ALGORITHM));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
