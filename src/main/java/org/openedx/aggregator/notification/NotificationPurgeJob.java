package org.openedx.aggregator.notification;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.Leases;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;

/** Removes what was delivered or given up long ago. */
@ApplicationScoped
class NotificationPurgeJob {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int BATCH = 1000;
    private static final int BATCHES = 500;

    private static final String PURGE = """
            DELETE FROM notification_delivery
             WHERE phase IN (3, 4) AND finished <= UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND LIMIT ?""";

    private final Leases leases;
    private final Pool pool;
    private final NotificationConfig config;

    NotificationPurgeJob(Leases leases, Pool pool, NotificationConfig config) {
        this.leases = leases;
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(identity = "notification-purge", every = "${aggregator.notification.purge-every:1h}", concurrentExecution = SKIP)
    Uni<Void> purge() {
        return leases.hold("notification-purge", LEASE)
                .chain(held -> held ? purgeAll() : Uni.createFrom().voidItem());
    }

    Uni<Void> purgeAll() {
        return Multi.createBy()
                .repeating()
                .uni(this::purgeSome)
                .whilst(removed -> removed == BATCH)
                .select()
                .first(BATCHES)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> purgeSome() {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of(DeliveryTable.micros(config.maxAge()), BATCH))
                .map(SqlResult::rowCount);
    }
}
