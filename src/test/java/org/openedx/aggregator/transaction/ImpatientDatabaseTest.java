package org.openedx.aggregator.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

@QuarkusTest
@TestProfile(ImpatientDatabaseTest.Impatient.class)
class ImpatientDatabaseTest {

    public static class Impatient extends NoAggregation {

        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(super.getConfigOverrides());
            settings.put("aggregator.transaction.longest-silence", "2s");
            settings.put("aggregator.transaction.longest-statement", "1s");
            settings.put("quarkus.datasource.reactive.idle-timeout", "1s");
            return settings;
        }
    }

    private static final Duration LONG = Duration.ofSeconds(8);
    private static final String ENDLESS = """
            SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns c
             WHERE CONCAT(a.column_name, b.column_name, c.column_name) LIKE '%nowhere%'""";

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    @Test
    void what_a_silent_replica_has_locked_is_free_again() {
        // Given
        Database.rows("DELETE FROM lease WHERE name = 'silent'");
        Database.rows("INSERT INTO lease VALUES ('silent', '', UTC_TIMESTAMP())");
        var locked = new CompletableFuture<Void>();
        var silent = transactions.run(connection -> hold(connection)
                .invoke(() -> locked.complete(null))
                .onItem()
                .delayIt()
                .by(LONG)).subscribeAsCompletionStage();
        locked.join();

        // When
        long start = System.nanoTime();
        Database.rows("UPDATE lease SET holder = 'another' WHERE name = 'silent'");

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.minusSeconds(2));
        assertThat(silent).failsWithin(LONG.multipliedBy(2));
        assertThat(Database.rows("SELECT holder FROM lease WHERE name = 'silent'")).hasToString("[{holder=another}]");
    }

    @Test
    void a_statement_without_end_is_given_up_and_its_connection_serves_on() {
        // When
        var endless = pool.query(ENDLESS).execute().subscribeAsCompletionStage();

        // Then
        assertThat(endless).failsWithin(LONG.multipliedBy(2)).withThrowableThat()
                .withMessageMatching("(?s).*(max_statement_time|maximum statement execution time).*");
        assertThat(pool.query("SELECT 1").execute().await().atMost(LONG)).hasSize(1);
    }

    private static Uni<Void> hold(SqlConnection connection) {
        return connection.query("UPDATE lease SET holder = 'silent' WHERE name = 'silent'").execute().replaceWithVoid();
    }
}
