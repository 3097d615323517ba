package org.openedx.aggregator.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofSeconds(30), Duration.ofHours(2));

    @ParameterizedTest
    @CsvSource({ "1, 1, 30", "1, 0, 15", "2, 1, 60", "3, 0.5, 90", "9, 1, 7200", "9, 0, 3600", "1000, 1, 7200" })
    void doubles_up_to_the_longest_and_is_spread(int attempt, double luck, long seconds) {
        assertThat(backOff.after(attempt, luck)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
