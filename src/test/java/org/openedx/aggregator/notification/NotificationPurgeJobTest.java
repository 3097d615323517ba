package org.openedx.aggregator.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NotificationProfile;
import org.openedx.aggregator.support.Result;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(NotificationProfile.class)
class NotificationPurgeJobTest {

    private static final int WAITING = 1;
    private static final int BEING_SENT = 2;
    private static final int DELIVERED = 3;
    private static final int GIVEN_UP = 4;

    @Inject
    NotificationPurgeJob job;

    @BeforeEach
    @AfterEach
    void nothing_is_left() {
        Database.rows("DELETE FROM notification_delivery");
    }

    @Test
    void what_was_delivered_or_given_up_long_ago_is_removed() {
        // Given
        delivery("delivered long ago", DELIVERED, 15);
        delivery("delivered", DELIVERED, 13);
        delivery("given up long ago", GIVEN_UP, 15);
        delivery("given up", GIVEN_UP, 13);

        // When
        Result.of(job.purgeAll());

        // Then
        assertThat(left()).containsExactly("delivered", "given up");
    }

    @Test
    void what_is_still_to_be_sent_is_kept_however_old() {
        // Given
        delivery("waiting", WAITING, 100);
        delivery("being sent", BEING_SENT, 100);

        // When
        Result.of(job.purgeAll());

        // Then
        assertThat(left()).containsExactly("being sent", "waiting");
    }

    @Test
    void more_than_one_batch_is_removed_in_one_run() {
        // Given
        delivery("delivered", DELIVERED, 15);
        for (int doubled = 0; doubled < 11; doubled++) {
            Database.rows(
                    "INSERT INTO notification_delivery (uuid, channel, target, lane, task, payload, phase, due_at, created,"
                            + " finished) SELECT UUID(), channel, target, lane, UUID(), payload, phase, due_at, created, finished"
                            + " FROM notification_delivery");
        }
        long before = Database.number("SELECT COUNT(*) FROM notification_delivery");

        // When
        Result.of(job.purgeAll());

        // Then
        assertThat(before).isEqualTo(2048);
        assertThat(left()).isEmpty();
    }

    // One that was tried again was finished before.
    private static void delivery(String target, int phase, int days) {
        Database.rows("INSERT INTO notification_delivery (uuid, channel, target, lane, task, payload, phase, due_at, created,"
                + " finished) VALUES (?, 'mail', ?, 'mail', ?, '{}', ?, UTC_TIMESTAMP(6) - INTERVAL ? DAY,"
                + " UTC_TIMESTAMP(6) - INTERVAL 200 DAY, UTC_TIMESTAMP(6) - INTERVAL ? DAY)", UUID.randomUUID().toString(),
                target, UUID.randomUUID().toString(), phase, days, days);
    }

    private static List<String> left() {
        return Database.rows("SELECT target FROM notification_delivery ORDER BY target").stream()
                .map(row -> String.valueOf(row.get("target")))
                .toList();
    }
}
