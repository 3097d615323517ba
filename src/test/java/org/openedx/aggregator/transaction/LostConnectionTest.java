package org.openedx.aggregator.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mysqlclient.MySQLConnectOptions;

/** What becomes of those who wait for the database when the way to it is lost, or nothing comes along it any more. */
@QuarkusTest
@TestProfile(NoAggregation.class)
class LostConnectionTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final AtomicInteger RUN = new AtomicInteger();

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    // Who asks on the connection's own event loop hears of its end in the middle of it.
    private Context loop;
    private WayToDatabase way;
    private MySQLConnectOptions options;
    private Pool pool;
    private String slow;

    @BeforeEach
    void oneConnection() {
        loop = vertx.getOrCreateContext();
        var database = MySQLConnectOptions.fromUri(url.replace("vertx-reactive:", ""));
        way = new WayToDatabase(vertx, database);
        options = new MySQLConnectOptions(database).setHost("127.0.0.1").setPort(way.port())
                .setUser(user).setPassword(password).setCachePreparedStatements(true);
        pool = PlainPool.of(vertx, 1, options, new Impatient(Duration.ofSeconds(1)));
        slow = "SELECT SLEEP(4), 'lost-%d'".formatted(RUN.incrementAndGet());
    }

    @AfterEach
    void close() {
        pool.close().await().atMost(LONG);
        way.close();
    }

    @Test
    void everybody_who_waits_for_a_lost_connection_is_answered() {
        // When
        var answers = Stream.of(slow, "SELECT 1", "SELECT 2", "SELECT 3").map(this::ask).toList();
        awaitSlow();
        way.cut();

        // Then: the one whose answer was lost, and those who come next
        assertThat(answers.get(0)).failsWithin(LONG);
        answers.stream().skip(1).map(answer -> answer.exceptionally(failure -> null))
                .forEach(answer -> assertThat(answer).succeedsWithin(LONG));
        assertThat(ask("SELECT 4")).succeedsWithin(LONG);
    }

    @Test
    void a_transaction_that_loses_its_connection_fails() {
        // When
        var work = onLoop(() -> new Transactions(pool)
                .run(connection -> connection.preparedQuery(slow).execute().replaceWithVoid()));
        awaitSlow();
        way.cut();

        // Then
        assertThat(work).failsWithin(LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ISOLATION LEVEL", "wait_timeout" })
    void a_connection_that_is_lost_while_it_is_prepared_keeps_nobody_waiting(String words) {
        // Given
        way.cutAt(words);

        // When
        var first = ask("SELECT 1");

        // Then
        assertThat(first).failsWithin(LONG);
        assertThat(ask("SELECT 2")).succeedsWithin(LONG);
    }

    @Test
    void an_answer_that_never_comes_is_not_waited_for_without_end() {
        // Given
        assertThat(ask("SELECT 1")).succeedsWithin(LONG);
        way.freeze();

        // When
        var unanswered = ask("SELECT 2");

        // Then
        assertThat(unanswered).failsWithin(LONG);
        assertThat(ask("SELECT 3")).succeedsWithin(LONG);
    }

    @Test
    void without_a_limit_for_statements_there_is_none_for_answers() {
        // Given
        var patient = PlainPool.of(vertx, 1, options, new Impatient(Duration.ZERO));

        // When: longer than what an answer is given beyond the limit
        var answer = patient.query("SELECT SLEEP(12)").execute().await().atMost(LONG);

        // Then
        assertThat(answer.iterator().next().getInteger(0)).isZero();
        patient.close().await().atMost(LONG);
    }

    private CompletableFuture<Void> ask(String sql) {
        return onLoop(() -> pool.preparedQuery(sql).execute().replaceWithVoid());
    }

    private CompletableFuture<Void> onLoop(Supplier<Uni<Void>> work) {
        var answer = new CompletableFuture<Void>();
        loop.runOnContext(v -> work.get().subscribe().with(answer::complete, answer::completeExceptionally));
        return answer;
    }

    private void awaitSlow() {
        Awaitility.await().atMost(LONG).until(() -> Database.number(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE info = ?", slow) > 0);
    }

    private record Impatient(Duration longestStatement) implements TransactionConfig {

        @Override
        public Duration longestSilence() {
            return Duration.ofMinutes(1);
        }
    }
}
