package org.openedx.aggregator.notification;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How persons and other systems are told that a task has stopped. Both ways are off until they are configured. */
@ConfigMapping(prefix = "aggregator.notification")
public interface NotificationConfig {

    /** What links to task pages start with, as {@code https://aggregator.example.org}. */
    Optional<URI> baseUrl();

    /** How often a replica looks for what is to be sent; {@code off} leaves it to other replicas. */
    @WithDefault("1s")
    String every();

    /** How many mails, and as many webhooks, a replica sends at once. */
    @WithDefault("16")
    @Positive
    int parallelism();

    /**
     * How long a crashed replica's delivery waits for another one. It must be longer than any attempt may take, or what
     * is still being sent is sent again.
     */
    @WithDefault("3m")
    Duration lease();

    /** How often a delivery is tried before it is given up. */
    @WithDefault("10")
    @Positive
    int maxAttempts();

    /** The longest wait before the second attempt; it doubles with each further one. */
    @WithDefault("30s")
    Duration retryAfter();

    /** The longest of these waits. */
    @WithDefault("2h")
    Duration longestRetry();

    /** How long what was delivered or given up is kept. */
    @WithDefault("14d")
    Duration maxAge();

    /** How often one of the replicas removes what is older; {@code off} keeps everything. */
    @WithDefault("1h")
    String purgeEvery();

    Mail mail();

    Webhook webhook();

    /** Mails to who asked for a task. The server is that of {@code quarkus.mailer}. */
    interface Mail {

        /** Needs a base URL, a sender and a secret. */
        @WithDefault("false")
        boolean enabled();

        /** The sender, as {@code Example University <no-reply@example.org>}. */
        Optional<String> from();

        /** What the subject starts with, as {@code [Example University]}. */
        Optional<String> subjectPrefix();

        /** A directory with {@code task.html} and {@code task.txt}, of which each replaces ours if it is there. */
        Optional<Path> templatesDirectory();

        /**
         * What links to opt out are signed with, 32 characters or more each, the same for all replicas. The first signs
         * and all of them verify; one that is dropped breaks the links in older mails.
         */
        Optional<List<String>> optOutSecrets();

        /** How many mails are on their way at once, on all replicas together. */
        @WithDefault("4")
        @Positive
        int parallelism();

        /** When a server that does not answer is given up; well below the lease. */
        @WithDefault("1m")
        Duration timeout();
    }

    /** Requests to other systems that have subscribed. */
    interface Webhook {

        /**
         * What the secrets of subscriptions are encrypted with in the database, 32 characters or more each, the same for
         * all replicas. The first encrypts and all of them decrypt. Without any there are no webhooks.
         */
        Optional<List<String>> encryptionSecrets();

        /** Whether receivers may be on plain http. */
        @WithDefault("false")
        boolean allowHttp();

        /** Whether receivers may be in our own network, where they could be systems that trust whoever is there. */
        @WithDefault("false")
        boolean allowPrivate();

        /** How many subscriptions a person may have. */
        @WithDefault("10")
        @Positive
        int perUser();

        /** How many requests to one host are on their way at once, from all replicas together. */
        @WithDefault("4")
        @Positive
        int perHost();

        /** When a receiver that does not answer is given up; well below the lease. */
        @WithDefault("10s")
        Duration timeout();
    }
}
