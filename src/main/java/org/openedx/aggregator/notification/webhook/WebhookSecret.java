package org.openedx.aggregator.notification.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the service and one receiver know. Signs as Standard Webhooks has it
 * (https://github.com/standard-webhooks/standard-webhooks, "Symmetric").
 */
record WebhookSecret(String text) {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final String ALGORITHM = "HmacSHA256";

    WebhookSecret {
        int length = length(text);
        if (length < SHORTEST || length > LONGEST) {
            throw new InvalidWebhookException("The secret must be whsec_ followed by the base64 of 24 to 64 random bytes.");
        }
    }

    static WebhookSecret random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** @param timestamp in seconds since 1970 */
    String signature(String id, long timestamp, String body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(text), ALGORITHM));
            var signed = id + "." + timestamp + "." + body;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not what it is about. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static int length(String text) {
        try {
            return text.startsWith(PREFIX) ? key(text).length : 0;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static byte[] key(String text) {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }
}
