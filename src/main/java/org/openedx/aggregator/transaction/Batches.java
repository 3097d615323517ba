package org.openedx.aggregator.transaction;

import java.util.ArrayList;
import java.util.List;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Small pieces of work for the database. Those that arrive while others are under way go to it together; a lone one goes
 * at once, and nobody waits for company. What a piece waits for always begins after it arrived.
 */
public final class Batches<K, V> {

    /** Does several at once: an answer for each, in their order. */
    public interface Work<K, V> {
        Uni<List<V>> on(List<K> items);
    }

    private final int underWayAtOnce;
    private final int size;
    private final Work<K, V> work;
    private List<Waiting<K, V>> waiting = new ArrayList<>();
    private int underWay;

    /** @param underWayAtOnce how many batches, each of up to so many items */
    public Batches(int underWayAtOnce, int size, Work<K, V> work) {
        this.underWayAtOnce = underWayAtOnce;
        this.size = size;
        this.work = work;
    }

    /** What became of one; a failure of its batch is that of each in it. Answers on the context that asked. */
    public Uni<V> add(K item) {
        return Uni.createFrom().emitter(emitter -> enqueue(new Waiting<>(item, Vertx.currentContext(), emitter)));
    }

    /** Who waits, and on which context the answer is to arrive. */
    private record Waiting<K, V>(K item, Context context, UniEmitter<? super V> emitter) {

        void answer(V answer) {
            onContext(() -> emitter.complete(answer));
        }

        void fail(Throwable failure) {
            onContext(() -> emitter.fail(failure));
        }

        private void onContext(Runnable action) {
            if (context == null) {
                action.run();
            } else {
                context.runOnContext(ignored -> action.run());
            }
        }
    }

    private void enqueue(Waiting<K, V> one) {
        synchronized (this) {
            waiting.add(one);
        }
        next();
    }

    private void next() {
        var batch = take();
        if (!batch.isEmpty()) {
            Uni.createFrom()
                    .deferred(() -> work.on(batch.stream().map(Waiting::item).toList()))
                    .subscribeAsCompletionStage()
                    .whenComplete((answers, failure) -> deliver(batch, answers, failure));
        }
    }

    private void deliver(List<Waiting<K, V>> batch, List<V> answers, Throwable failure) {
        finished();
        for (int index = 0; index < batch.size(); index++) {
            if (failure == null) {
                batch.get(index).answer(answers.get(index));
            } else {
                batch.get(index).fail(failure);
            }
        }
        next();
    }

    private synchronized List<Waiting<K, V>> take() {
        if (waiting.isEmpty() || underWay >= underWayAtOnce) {
            return List.of();
        }
        var batch = List.copyOf(waiting.subList(0, Math.min(waiting.size(), size)));
        waiting = new ArrayList<>(waiting.subList(batch.size(), waiting.size()));
        underWay++;
        return batch;
    }

    private synchronized void finished() {
        underWay--;
    }
}
