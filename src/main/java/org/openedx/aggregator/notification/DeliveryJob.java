package org.openedx.aggregator.notification;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.PROCEED;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Sends what is due, on each open channel. Its runs overlap: a slow receiver must not keep others waiting. */
@ApplicationScoped
class DeliveryJob {

    // Claims in one run; the next goes on.
    private static final int CLAIMS = 1000;

    private final Transactions transactions;
    private final NotificationConfig config;
    private final Attempts attempts;
    private final List<Channel> channels;
    private final OpenWork openWork;
    private final Room room;

    DeliveryJob(Transactions transactions, NotificationConfig config, Attempts attempts, @All List<Channel> channels,
            OpenWork openWork) {
        this.transactions = transactions;
        this.config = config;
        this.attempts = attempts;
        this.channels = channels;
        this.openWork = openWork;
        this.room = new Room(config.parallelism());
    }

    @Scheduled(identity = "notification", every = "${aggregator.notification.every:1s}", concurrentExecution = PROCEED)
    Uni<Void> send() {
        return openWork.run(Multi.createFrom()
                .iterable(channels)
                .filter(Channel::isOpen)
                .onItem()
                .transformToUni(this::sendAll)
                .merge()
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> Log.error("Notifications could not be claimed; they are tried again soon", failure))
                .onFailure()
                .recoverWithNull());
    }

    private Uni<Void> sendAll(Channel channel) {
        return Multi.createBy()
                .repeating()
                .uni(() -> sendSome(channel))
                .whilst(sent -> sent > 0 && !openWork.isEnding())
                .select()
                .first(CLAIMS)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> sendSome(Channel channel) {
        int free = room.takeAll(channel);
        if (free == 0) {
            return Uni.createFrom().item(0);
        }
        long claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return transactions.run(transaction -> claim(transaction, channel, free, claim))
                .onItemOrFailure()
                .invoke((taken, failure) -> room.giveBack(channel, free - (taken == null ? 0 : taken.size())))
                .call(taken -> sendAll(channel, taken, claim))
                .map(List::size);
    }

    private Uni<List<Delivery>> claim(SqlConnection transaction, Channel channel, int count, long claim) {
        return DeliveryTable.claim(transaction, channel, count, claim, config.lease());
    }

    private Uni<Void> sendAll(Channel channel, List<Delivery> taken, long claim) {
        return Multi.createFrom()
                .iterable(taken)
                .onItem()
                .transformToUni(delivery -> send(channel, delivery, claim))
                .merge(config.parallelism())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> send(Channel channel, Delivery delivery, long claim) {
        return attempts.make(channel, delivery, claim)
                .onTermination()
                .invoke(() -> room.giveBack(channel, 1));
    }
}
