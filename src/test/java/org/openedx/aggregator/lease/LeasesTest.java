package org.openedx.aggregator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.vertx.RunOnVertxContext;
import io.quarkus.test.vertx.UniAsserter;

@QuarkusTest
class LeasesTest {

    @Inject
    Leases leases;

    @Test
    @RunOnVertxContext
    void a_free_lease_is_taken_and_renewed_by_its_holder(UniAsserter asserter) {
        var name = UUID.randomUUID().toString();
        asserter.assertTrue(() -> leases.hold(name, Duration.ofMinutes(1)));
        asserter.assertTrue(() -> leases.hold(name, Duration.ofMinutes(1)));
    }

    @Test
    @RunOnVertxContext
    void a_lease_of_another_replica_is_not_taken(UniAsserter asserter) {
        var name = heldByAnother("UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE");
        asserter.assertFalse(() -> leases.hold(name, Duration.ofMinutes(1)));
    }

    @Test
    @RunOnVertxContext
    void a_lease_that_ended_is_taken_over(UniAsserter asserter) {
        var name = heldByAnother("UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
        asserter.assertTrue(() -> leases.hold(name, Duration.ofMinutes(1)));
    }

    @Test
    @RunOnVertxContext
    void a_replica_that_stops_gives_back_what_it_holds_and_nothing_else(UniAsserter asserter) {
        var name = UUID.randomUUID().toString();
        var another = heldByAnother("UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE");
        asserter.assertTrue(() -> leases.hold(name, Duration.ofMinutes(1)));
        asserter.execute(() -> leases.giveBack());
        asserter.execute(() -> assertThat(Database.number("SELECT COUNT(*) FROM lease WHERE name = ?", name)).isZero());
        asserter.assertFalse(() -> leases.hold(another, Duration.ofMinutes(1)));
    }

    private static String heldByAnother(String until) {
        var name = UUID.randomUUID().toString();
        Database.rows("INSERT INTO lease VALUES (?, 'another', " + until + ")", name);
        return name;
    }
}
