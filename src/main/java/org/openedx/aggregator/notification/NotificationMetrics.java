package org.openedx.aggregator.notification;

import java.util.List;
import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;

/** Counts attempts by channel and by what became of them. */
@Startup
@ApplicationScoped
class NotificationMetrics {

    private static final String FAILED = "failed";
    private static final String PARKED = "parked";

    private final MeterRegistry registry;

    NotificationMetrics(MeterRegistry registry, @All List<Channel> channels) {
        this.registry = registry;
        channels.forEach(this::showAll);
    }

    void ended(Channel channel, Outcome outcome) {
        count(channel, name(outcome), 1);
    }

    /** It is tried again. */
    void failed(Channel channel) {
        count(channel, FAILED, 1);
    }

    void parked(Channel channel) {
        count(channel, PARKED, 1);
    }

    private void showAll(Channel channel) {
        for (var outcome : Outcome.values()) {
            count(channel, name(outcome), 0);
        }
        count(channel, FAILED, 0);
        count(channel, PARKED, 0);
    }

    private void count(Channel channel, String outcome, int times) {
        registry.counter("completion.notifications", "channel", channel.name(), "outcome", outcome).increment(times);
    }

    private static String name(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
