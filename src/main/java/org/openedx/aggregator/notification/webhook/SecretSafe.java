package org.openedx.aggregator.notification.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.NotificationConfig;

/**
 * Keeps secrets of subscriptions in the database so that who has read the database alone cannot sign (AES-256-GCM). Each
 * is bound to its subscription: one row's secret does not open in another's.
 */
@ApplicationScoped
class SecretSafe {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SHORTEST_SECRET = 32;

    private final SecureRandom random = new SecureRandom();
    private final List<SecretKeySpec> keys;

    SecretSafe(NotificationConfig config) {
        var secrets = config.webhook().encryptionSecrets().orElse(List.of());
        if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST_SECRET)) {
            throw new IllegalStateException("Each of aggregator.notification.webhook.encryption-secrets needs "
                    + SHORTEST_SECRET + " characters or more");
        }
        keys = secrets.stream().map(SecretSafe::key).toList();
    }

    boolean isThere() {
        return !keys.isEmpty();
    }

    String lock(UUID webhook, WebhookSecret secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var locked = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, webhook)
                    .doFinal(secret.text().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE_BYTES + locked.length).put(nonce).put(locked).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if none of the configured secrets opens it */
    WebhookSecret open(UUID webhook, String locked) {
        var bytes = Base64.getDecoder().decode(locked);
        return keys.stream()
                .flatMap(key -> opened(key, bytes, webhook).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The secret of webhook " + webhook + " was encrypted with another encryption secret"));
    }

    private static Optional<WebhookSecret> opened(SecretKeySpec key, byte[] bytes, UUID webhook) {
        try {
            var nonce = ByteBuffer.wrap(bytes, 0, NONCE_BYTES);
            var text = cipher(Cipher.DECRYPT_MODE, key, toArray(nonce), webhook)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return Optional.of(new WebhookSecret(new String(text, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] toArray(ByteBuffer buffer) {
        var array = new byte[buffer.remaining()];
        buffer.get(array);
        return array;
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, UUID webhook) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(webhook.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKeySpec key(String secret) {
        try {
            return new SecretKeySpec(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
