package org.openedx.aggregator.api.notification;

import java.util.Map;
import java.util.UUID;

import org.openedx.aggregator.notification.ParkedDelivery;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What a receiver did not get. */
@RegisterForReflection
public record FailureView(UUID uuid, String task, int attempts, String failure, String created, String parked,
        Map<String, Object> payload) {

    static FailureView of(ParkedDelivery parked) {
        return new FailureView(parked.uuid(), parked.task(), parked.attempts(), parked.failure(),
                parked.created().toString(), parked.parked().toString(), parked.payload().getMap());
    }
}
