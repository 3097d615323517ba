package org.openedx.aggregator.notification;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;

/** Sends for tests of the channels what is due, as one replica or as two. */
@ApplicationScoped
public class Courier {

    private final DeliveryJob one;
    private final DeliveryJob other;

    Courier(DeliveryJob job, Transactions transactions, NotificationConfig config, Attempts attempts,
            @All List<Channel> channels) {
        this.one = job;
        this.other = new DeliveryJob(transactions, config, attempts, channels, new OpenWork());
    }

    public void send() {
        Result.of(one.send());
    }

    public void sendFromTwoReplicas() {
        Result.of(Uni.join().all(one.send(), other.send()).andFailFast());
    }
}
