package org.openedx.aggregator.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.security.Viewer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;

class AllowanceTest {

    private static final Viewer ANN = new Viewer("ann", true, false, OptionalLong.empty());
    private static final Viewer BOB = new Viewer("bob", false, false, OptionalLong.empty());

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Time time = new Time();

    @Test
    void who_has_spent_everything_waits_for_more() {
        // Given
        var allowance = allowance(true, 10, 100);
        spend(allowance, ANN, Expense.LIST, 10);

        // When
        var refused = catchThrowableOfType(TooManyRequestsException.class, () -> allowance.spend(ANN, Expense.LIST));

        // Then: sixty come back in a minute
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refused).hasMessage("Request was throttled. Expected available in 1 second.");
        time.now = time.now.plus(refused.retryAfter());
        assertThatCode(() -> allowance.spend(ANN, Expense.LIST)).doesNotThrowAnyException();
        assertThatThrownBy(() -> allowance.spend(ANN, Expense.LIST)).isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void work_costs_more_than_a_list() {
        // Given
        var allowance = allowance(true, 10, 100);
        spend(allowance, ANN, Expense.WORK, 2);

        // When
        var refused = catchThrowableOfType(TooManyRequestsException.class, () -> allowance.spend(ANN, Expense.WORK));

        // Then
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void one_callers_haste_is_nobody_elses_wait() {
        // Given
        var allowance = allowance(true, 1, 100);
        spend(allowance, ANN, Expense.WORK, 1);

        // Then
        assertThatThrownBy(() -> allowance.spend(ANN, Expense.LIST)).isInstanceOf(TooManyRequestsException.class);
        assertThatCode(() -> allowance.spend(BOB, Expense.LIST)).doesNotThrowAnyException();
    }

    @Test
    void what_is_refused_is_counted() {
        // Given
        var allowance = allowance(true, 5, 100);
        spend(allowance, ANN, Expense.WORK, 1);

        // When
        assertThatThrownBy(() -> allowance.spend(ANN, Expense.LIST)).isInstanceOf(TooManyRequestsException.class);

        // Then
        assertThat(metrics.counter("completion.api.throttled", "expense", "list").count()).isEqualTo(1);
    }

    @Test
    void of_too_many_callers_some_are_forgotten() {
        // Given
        var allowance = allowance(true, 5, 3);
        spend(allowance, ANN, Expense.WORK, 1);

        // When
        for (int i = 0; i < 100; i++) {
            allowance.spend(new Viewer("learner" + i, false, false, OptionalLong.empty()), Expense.LIST);
        }

        // Then
        assertThat(allowance.callers()).isLessThanOrEqualTo(3);
    }

    @Test
    void nobody_is_limited_where_it_is_switched_off() {
        var allowance = allowance(false, 1, 100);
        assertThatCode(() -> spend(allowance, ANN, Expense.WORK, 1000)).doesNotThrowAnyException();
    }

    private static void spend(Allowance allowance, Viewer viewer, Expense expense, int times) {
        for (int i = 0; i < times; i++) {
            allowance.spend(viewer, expense);
        }
    }

    private Allowance allowance(boolean enabled, int burst, int callers) {
        return new Allowance(new Settings(enabled, burst, 60, callers), time, metrics);
    }

    private record Settings(boolean enabled, int burst, int perMinute, int callers) implements LimitConfig {

        @Override
        public MemorySize maxBody() {
            return new MemorySize(BigInteger.ONE);
        }

        @Override
        public Duration longestRequest() {
            return Duration.ofSeconds(1);
        }
    }

    private static final class Time extends Clock {

        private Instant now = Instant.parse("2026-05-04T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
