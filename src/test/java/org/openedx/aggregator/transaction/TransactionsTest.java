package org.openedx.aggregator.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

@QuarkusTest
@TestProfile(NoAggregation.class)
class TransactionsTest {

    @Inject
    Transactions transactions;

    @BeforeEach
    void twoRows() {
        Database.rows("DELETE FROM lease WHERE name LIKE 'tx-%'");
        Database.rows("INSERT INTO lease VALUES ('tx-1', '', UTC_TIMESTAMP()), ('tx-2', '', UTC_TIMESTAMP())");
    }

    @Test
    void all_of_it_is_there_when_it_is_done() {
        // When
        var answer = Result.of(transactions.run(connection -> append(connection, "tx-1", "a")
                .chain(() -> append(connection, "tx-2", "b"))
                .replaceWith(42)));

        // Then
        assertThat(answer).isEqualTo(42);
        assertThat(holder("tx-1") + holder("tx-2")).isEqualTo("ab");
    }

    @Test
    void nothing_of_it_is_there_when_a_step_fails_and_it_is_not_repeated() {
        // Given
        var attempts = new AtomicInteger();
        var work = transactions.run(connection -> append(connection, "tx-1", "a")
                .invoke(attempts::incrementAndGet)
                .chain(() -> Uni.createFrom().<Void> failure(new IllegalStateException("no"))));

        // When
        assertThatThrownBy(() -> Result.of(work)).isInstanceOf(IllegalStateException.class).hasMessage("no");

        // Then
        assertThat(holder("tx-1")).isEmpty();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void steps_that_fail_before_they_begin_leave_the_connection_clean() {
        // Given
        var work = transactions.run(connection -> {
            throw new IllegalStateException("at once");
        });

        // When
        for (int round = 0; round < 40; round++) {
            assertThatThrownBy(() -> Result.of(work)).hasMessage("at once");
        }

        // Then
        Result.of(transactions.run(connection -> append(connection, "tx-1", "a")));
        assertThat(holder("tx-1")).isEqualTo("a");
    }

    @Test
    void of_two_that_wait_for_each_other_both_come_through() {
        // When
        Result.of(Uni.join().all(locking("tx-1", "tx-2"), locking("tx-2", "tx-1")).andFailFast());

        // Then
        assertThat(holder("tx-1")).isEqualTo("xx");
        assertThat(holder("tx-2")).isEqualTo("xx");
    }

    @Test
    void what_others_committed_in_between_is_seen() {
        // When
        var seen = Result.of(transactions.run(connection -> read(connection, "tx-1")
                .chain(() -> transactions.run(other -> append(other, "tx-1", "new")))
                .chain(() -> read(connection, "tx-1"))));

        // Then
        assertThat(seen).isEqualTo("new");
    }

    private Uni<Void> locking(String first, String second) {
        return transactions.run(connection -> append(connection, first, "x")
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(200))
                .chain(() -> append(connection, second, "x")));
    }

    private static Uni<Void> append(SqlConnection connection, String name, String text) {
        return connection.query("UPDATE lease SET holder = CONCAT(holder, '%s') WHERE name = '%s'".formatted(text, name))
                .execute()
                .replaceWithVoid();
    }

    private static Uni<String> read(SqlConnection connection, String name) {
        return connection.query("SELECT holder FROM lease WHERE name = '" + name + "'")
                .execute()
                .map(rows -> rows.iterator().next().getString(0));
    }

    private static String holder(String name) {
        return (String) Database.rows("SELECT holder FROM lease WHERE name = ?", name).get(0).get("holder");
    }
}
