package org.openedx.aggregator.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.hibernate.exception.ConstraintViolationException;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Named leases of this process among its replicas. They go by the replicas' clocks, so they are for work that may now
 * and then be done twice.
 */
@ApplicationScoped
public class Leases {

    private final Clock clock;
    private final Pool pool;
    private final String holder = UUID.randomUUID().toString();

    Leases(Clock clock, Pool pool) {
        this.clock = clock;
        this.pool = pool;
    }

    /** Takes or renews a lease; false if another replica holds it. */
    public Uni<Boolean> hold(String name, Duration length) {
        var now = clock.instant();
        var lease = new Lease(name, holder, now.plus(length));
        return Panache.withTransaction(() -> take(lease, now))
                .chain(taken -> taken ? Uni.createFrom().item(true) : createUnlessHeld(lease));
    }

    /** Lets others have what this process holds. */
    Uni<Void> giveBack() {
        return pool.preparedQuery("DELETE FROM lease WHERE holder = ?")
                .execute(Tuple.of(holder))
                .replaceWithVoid();
    }

    private static Uni<Boolean> createUnlessHeld(Lease lease) {
        return Panache.withSession(() -> Lease.count("name", lease.name))
                .chain(existing -> existing > 0 ? Uni.createFrom().item(false) : create(lease));
    }

    private static Uni<Boolean> take(Lease lease, Instant now) {
        return Lease
                .update("holder = ?1, until = ?2 where name = ?3 and (holder = ?1 or until <= ?4)", lease.holder, lease.until,
                        lease.name, now)
                .map(updated -> updated > 0);
    }

    // Of two replicas that create a lease at once, one holds it.
    private static Uni<Boolean> create(Lease lease) {
        return Panache.withTransaction(lease::persistAndFlush)
                .replaceWith(true)
                .onFailure(ConstraintViolationException.class)
                .recoverWithItem(false);
    }
}
