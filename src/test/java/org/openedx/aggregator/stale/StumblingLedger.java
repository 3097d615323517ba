package org.openedx.aggregator.stale;

import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.Uni;

/** A ledger that fails whoever claims first, as a database does when it loses a connection. */
public class StumblingLedger extends StaleLedger {

    private final StaleLedger ledger;
    private final AtomicBoolean stumbled = new AtomicBoolean();

    public StumblingLedger(StaleLedger ledger) {
        super(null, null, null);
        this.ledger = ledger;
    }

    @Override
    public Uni<StaleBatch> claim(int size) {
        return stumbled.compareAndSet(false, true)
                ? Uni.createFrom().failure(new IllegalStateException("Connection lost"))
                : ledger.claim(size);
    }
}
