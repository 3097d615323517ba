package org.openedx.aggregator.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Look-ups of single learners, of which a front-end makes one for every page it shows. Those that arrive while others
 * are under way go to the database together: a query for sixteen costs little more than a query for one, and nobody
 * waits for company.
 */
final class SingleReads {

    /** A learner, by name, in a course. */
    record Key(int courseId, String username) {
    }

    /** Reads many at once; who is not in the answer is not enrolled. */
    interface Source {
        Uni<Map<Key, EnrollmentProgress>> read(Detail detail, List<Key> keys);
    }

    private static final int QUERIES_AT_ONCE = 2;
    private static final int KEYS_PER_QUERY = 32;

    private final Source source;
    private final Map<Detail, Queue> queues = new HashMap<>();

    SingleReads(Source source) {
        this.source = source;
    }

    Uni<Optional<EnrollmentProgress>> of(Detail detail, Key key) {
        return Uni.createFrom()
                .emitter(emitter -> enqueue(detail, new Waiting(key, Vertx.currentContext(), emitter)));
    }

    /** Who waits, and on which context the answer is to arrive. */
    private record Waiting(Key key, Context context, UniEmitter<? super Optional<EnrollmentProgress>> emitter) {

        void answer(Map<Key, EnrollmentProgress> found) {
            onContext(() -> emitter.complete(Optional.ofNullable(found.get(key))));
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

    /** Those who wait for the same detail. */
    private static final class Queue {
        private List<Waiting> waiting = new ArrayList<>();
        private int underWay;
    }

    private void enqueue(Detail detail, Waiting waiting) {
        synchronized (queues) {
            queues.computeIfAbsent(detail, ignored -> new Queue()).waiting.add(waiting);
        }
        readNext(detail);
    }

    private void readNext(Detail detail) {
        var batch = take(detail);
        if (!batch.isEmpty()) {
            source.read(detail, batch.stream().map(Waiting::key).distinct().toList())
                    .subscribeAsCompletionStage()
                    .whenComplete((found, failure) -> deliver(detail, batch, found, failure));
        }
    }

    private void deliver(Detail detail, List<Waiting> batch, Map<Key, EnrollmentProgress> found, Throwable failure) {
        finished(detail);
        for (var each : batch) {
            if (failure == null) {
                each.answer(found);
            } else {
                each.fail(failure);
            }
        }
    }

    private List<Waiting> take(Detail detail) {
        synchronized (queues) {
            var queue = queues.get(detail);
            if (queue == null || queue.waiting.isEmpty() || queue.underWay >= QUERIES_AT_ONCE) {
                return List.of();
            }
            var batch = queue.waiting.subList(0, Math.min(queue.waiting.size(), KEYS_PER_QUERY));
            queue.waiting = new ArrayList<>(queue.waiting.subList(batch.size(), queue.waiting.size()));
            queue.underWay++;
            return List.copyOf(batch);
        }
    }

    private void finished(Detail detail) {
        synchronized (queues) {
            var queue = queues.get(detail);
            queue.underWay--;
            if (queue.underWay == 0 && queue.waiting.isEmpty()) {
                queues.remove(detail);
            }
        }
        readNext(detail);
    }
}
