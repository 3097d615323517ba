package org.openedx.aggregator.api.notification;

import java.util.Set;
import java.util.UUID;

import org.openedx.aggregator.notification.webhook.Webhook;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A subscription; its secret is in the answer that made it and in no other. */
@RegisterForReflection
public record WebhookView(UUID uuid, String url, Set<String> states, Set<String> actions, String scope, boolean active,
        String created, @JsonInclude(JsonInclude.Include.NON_NULL) String secret) {

    static WebhookView of(Webhook webhook) {
        return of(webhook, null);
    }

    static WebhookView of(Webhook webhook, String secret) {
        return new WebhookView(webhook.uuid(), webhook.url().toString(), webhook.states(), webhook.actions(),
                webhook.everybody() ? "all" : "own", webhook.active(), webhook.created().toString(), secret);
    }
}
