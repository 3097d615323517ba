package org.openedx.aggregator.support;

import java.util.HashMap;
import java.util.Map;

import org.openedx.aggregator.dev.Loopback;

/** Tasks run, their ends are told and notifications are sent when a test says so. */
public class NotificationProfile extends TaskProfile {

    private static final String PORT = "aggregator.test.smtp-port";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("aggregator.task.tell-every", "off");
        settings.put("aggregator.notification.every", "off");
        settings.put("aggregator.notification.purge-every", "off");
        settings.put("aggregator.notification.base-url", "https://tasks.example.org");
        settings.put("aggregator.notification.lease", "2s");
        settings.put("aggregator.notification.retry-after", "100ms");
        settings.put("aggregator.notification.max-attempts", "3");
        settings.put("aggregator.notification.mail.enabled", "true");
        settings.put("aggregator.notification.mail.from", "Example University <no-reply@example.org>");
        settings.put("aggregator.notification.mail.subject-prefix", "[Example]");
        settings.put("aggregator.notification.mail.opt-out-secrets", "0123456789012345678901234567890123456789");
        settings.put("aggregator.notification.webhook.encryption-secrets", "9876543210987654321098765432109876543210");
        settings.put("aggregator.notification.webhook.allow-http", "true");
        settings.put("aggregator.notification.webhook.allow-private", "true");
        settings.put("aggregator.notification.webhook.timeout", "5s");
        settings.put("quarkus.mailer.mock", "false");
        settings.put("quarkus.mailer.host", "127.0.0.1");
        settings.put("quarkus.mailer.port", Integer.toString(smtpPort()));
        settings.put("quarkus.mailer.start-tls", "DISABLED");
        return settings;
    }

    /** Where the service looks for a mail server; the same for all class loaders. */
    public static int smtpPort() {
        return Integer
                .parseInt((String) System.getProperties().computeIfAbsent(PORT, name -> Integer.toString(Loopback.freePort())));
    }
}
