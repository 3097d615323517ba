package org.openedx.aggregator.api.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.openedx.aggregator.api.security.Viewer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What each caller may still ask for: a bucket of tokens that fills up again. In memory, so a caller has one at each
 * replica. Nobody who is not known gets to what costs much, so callers are told apart by name alone.
 */
@Singleton
public class Allowance {

    private static final String REFUSED = "completion.api.throttled";

    private final LimitConfig config;
    private final TimeMeter time;
    private final Map<Expense, Counter> refusals = new EnumMap<>(Expense.class);
    private final Cache<String, Bucket> buckets;

    Allowance(LimitConfig config, Clock clock, MeterRegistry registry) {
        this.config = config;
        this.time = new ClockMeter(clock);
        for (var expense : Expense.values()) {
            refusals.put(expense, registry.counter(REFUSED, "expense", expense.name().toLowerCase(Locale.ROOT)));
        }
        buckets = Caffeine.newBuilder()
                .maximumSize(config.callers())
                // After it a bucket is full, as a new one is.
                .expireAfterAccess(Duration.ofMinutes(1).multipliedBy(1 + config.burst() / config.perMinute()))
                .executor(Runnable::run)
                .build();
    }

    /** @throws TooManyRequestsException with the time until there are enough tokens again */
    public void spend(Viewer caller, Expense expense) {
        if (!config.enabled()) {
            return;
        }
        var probe = buckets.get(caller.username(), name -> full()).tryConsumeAndReturnRemaining(expense.tokens());
        if (!probe.isConsumed()) {
            refusals.get(expense).increment();
            throw new TooManyRequestsException(wholeSeconds(probe.getNanosToWaitForRefill()));
        }
    }

    /** How many are remembered. */
    long callers() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket full() {
        // A bucket that cannot hold what a request costs would never be full enough.
        int capacity = Math.max(config.burst(), Expense.WORK.tokens());
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(config.perMinute(), Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    private static Duration wholeSeconds(long nanos) {
        return Duration.ofSeconds(Math.max(1, (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1)));
    }

    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
