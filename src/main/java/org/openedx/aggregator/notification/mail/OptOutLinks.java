package org.openedx.aggregator.notification.mail;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.NotificationConfig;

/** Links by which whoever has a person's mail ends these mails, without logging in (RFC 8058). */
@ApplicationScoped
public class OptOutLinks {

    /** Where the links lead. */
    public static final String PATH = "/api/tasks/v0/preferences/opt-out/";

    private static final String ALGORITHM = "HmacSHA256";
    // What is signed with the same secret for another purpose must not do here.
    private static final String PURPOSE = "opt out of task mails:";
    private static final int SHORTEST_SECRET = 32;

    private final List<String> secrets;
    private final NotificationConfig config;

    OptOutLinks(NotificationConfig config) {
        this.config = config;
        this.secrets = config.mail().optOutSecrets().orElse(List.of());
        if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST_SECRET)) {
            throw new IllegalStateException("Each of aggregator.notification.mail.opt-out-secrets needs "
                    + SHORTEST_SECRET + " characters or more");
        }
    }

    URI link(String username) {
        var query = "?user=" + URLEncoder.encode(username, StandardCharsets.UTF_8)
                + "&signature=" + signature(secrets.get(0), username);
        return config.baseUrl().orElseThrow().resolve(PATH + query);
    }

    /** @throws OptOutRefusedException if we did not make the link */
    public void verify(String username, String signature) {
        if (username == null || signature == null
                || secrets.stream().noneMatch(secret -> isEqual(signature(secret, username), signature))) {
            throw new OptOutRefusedException();
        }
    }

    /** What a reader of such a link is told, in their language. */
    public String text(String language, String label) {
        return MailText.in(language).labels().get(label);
    }

    /** The one of the given languages in which that is. */
    public String language(String wanted) {
        return MailText.in(wanted).language();
    }

    /** Left to right or right to left. */
    public String direction(String language) {
        return MailText.in(language).direction();
    }

    private static boolean isEqual(String expected, String actual) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String secret, String username) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal((PURPOSE + username).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
