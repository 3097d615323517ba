package org.openedx.aggregator.notification;

import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** One attempt to send something, and what becomes of it. No transaction is open while it is on its way. */
@ApplicationScoped
class Attempts {

    private static final int MAX_FAILURE = 500;

    private final Pool pool;
    private final NotificationConfig config;
    private final NotificationMetrics metrics;
    private final BackOff backOff;

    Attempts(Pool pool, NotificationConfig config, NotificationMetrics metrics) {
        this.pool = pool;
        this.config = config;
        this.metrics = metrics;
        this.backOff = new BackOff(config.retryAfter(), config.longestRetry());
    }

    /** Never fails: what cannot be written down is tried again when its claim has ended. */
    Uni<Void> make(Channel channel, Delivery delivery, long claim) {
        return Uni.createFrom()
                .deferred(() -> channel.deliver(delivery))
                .onItemOrFailure()
                .transformToUni((outcome, failure) -> failure == null
                        ? delivered(channel, delivery, claim, outcome)
                        : failed(channel, delivery, claim, failure))
                .onFailure()
                .invoke(failure -> Log.errorf(failure, "What became of %s could not be stored", name(channel, delivery)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Boolean> delivered(Channel channel, Delivery delivery, long claim, Outcome outcome) {
        metrics.ended(channel, outcome);
        return DeliveryTable.delivered(pool, delivery, claim)
                .invoke(held -> warnUnless(held, channel, delivery));
    }

    private Uni<Boolean> failed(Channel channel, Delivery delivery, long claim, Throwable failure) {
        boolean last = failure instanceof UndeliverableException || delivery.attempt() >= config.maxAttempts();
        return last ? park(channel, delivery, claim, failure) : retry(channel, delivery, claim, failure);
    }

    private Uni<Boolean> park(Channel channel, Delivery delivery, long claim, Throwable failure) {
        metrics.parked(channel);
        Log.warnf("%s is given up after %d attempts: %s", name(channel, delivery), delivery.attempt(), reason(failure));
        return DeliveryTable.park(pool, delivery, claim, reason(failure));
    }

    private Uni<Boolean> retry(Channel channel, Delivery delivery, long claim, Throwable failure) {
        metrics.failed(channel);
        Log.infof("%s failed in attempt %d: %s", name(channel, delivery), delivery.attempt(), reason(failure));
        var wait = backOff.after(delivery.attempt(), ThreadLocalRandom.current().nextDouble());
        return DeliveryTable.retry(pool, delivery, claim, reason(failure), wait);
    }

    private static void warnUnless(boolean held, Channel channel, Delivery delivery) {
        if (!held) {
            Log.warnf("%s took longer than its lease and may be sent twice", name(channel, delivery));
        }
    }

    private static String name(Channel channel, Delivery delivery) {
        return channel.name() + " delivery " + delivery.uuid() + " of task " + delivery.task();
    }

    private static String reason(Throwable failure) {
        var reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return reason.substring(0, Math.min(reason.length(), MAX_FAILURE));
    }
}
