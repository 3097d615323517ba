package org.openedx.aggregator.aggregation;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollments;
import org.openedx.aggregator.learner.Stretch;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.task.TaskProgress;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/**
 * Marks all enrolments of some courses, stretch by stretch: the marks of a large site in one transaction would hold up
 * ingest. When all are marked it goes through them once more and waits at each stretch until it is computed, so that the
 * engine always has enough to do. Each stretch is a checkpoint.
 */
@ApplicationScoped
class Remarking {

    private final Enrollments enrollments;
    private final StaleLedger ledger;
    private final Transactions transactions;
    private final AggregationConfig config;
    private final Clock clock;

    Remarking(Enrollments enrollments, StaleLedger ledger, Transactions transactions, AggregationConfig config, Clock clock) {
        this.enrollments = enrollments;
        this.ledger = ledger;
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
    }

    /**
     * How far it is.
     *
     * @param markedUntil when the last enrolment was marked; empty until then
     * @param course place in the list of courses
     * @param next the first learner of the next stretch
     */
    private record Place(Optional<LocalDateTime> markedUntil, int course, long next) {

        static Place of(JsonObject checkpoint) {
            return new Place(Optional.ofNullable(checkpoint.getString("marked_until")).map(LocalDateTime::parse),
                    checkpoint.getInteger("course"), checkpoint.getLong("next"));
        }

        static Place first(Optional<LocalDateTime> markedUntil) {
            return new Place(markedUntil, 0, 0);
        }

        Place after(Stretch stretch, List<Integer> courses) {
            return new Place(markedUntil, courses.indexOf(stretch.courseId()), stretch.last() + 1);
        }

        JsonObject checkpoint() {
            return new JsonObject()
                    .put("marked_until", markedUntil.map(LocalDateTime::toString).orElse(null))
                    .put("course", course)
                    .put("next", next);
        }
    }

    Uni<Void> run(TaskProgress progress, List<Integer> courses) {
        var place = progress.lastCheckpoint().map(Place::of).orElse(Place.first(Optional.empty()));
        var marked = place.markedUntil().isPresent()
                ? Uni.createFrom().item(place)
                : markAll(progress, courses, place);
        return marked.chain(from -> awaitAll(progress, courses, from));
    }

    private Uni<Place> markAll(TaskProgress progress, List<Integer> courses, Place from) {
        return stretches(courses, from)
                .onItem()
                .transformToUniAndConcatenate(stretch -> mark(progress, stretch, from.after(stretch, courses)))
                .onItem()
                .ignoreAsUni()
                .chain(ledger::now)
                .map(now -> Place.first(Optional.of(now)))
                .call(place -> progress.checkpoint(place.checkpoint()));
    }

    private Uni<Void> mark(TaskProgress progress, Stretch stretch, Place after) {
        return transactions.run(transaction -> ledger.markStretch(transaction, stretch))
                .chain(() -> progress.checkpoint(after.checkpoint()));
    }

    private Uni<Void> awaitAll(TaskProgress progress, List<Integer> courses, Place from) {
        return stretches(courses, from)
                .onItem()
                .transformToUniAndConcatenate(stretch -> await(progress, stretch, from.after(stretch, courses)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> await(TaskProgress progress, Stretch stretch, Place after) {
        var patience = new Patience(clock, config.patience());
        var look = ledger.waiting(stretch, after.markedUntil().orElseThrow())
                .invoke(patience::look)
                .call(() -> progress.stepsDone(0));
        return Multi.createBy()
                .repeating()
                .uni(() -> look)
                .withDelay(config.lookEvery())
                .until(waiting -> waiting == 0)
                .onItem()
                .ignoreAsUni()
                .chain(() -> progress.stepsDone(stretch.size()))
                .chain(() -> progress.checkpoint(after.checkpoint()));
    }

    private Multi<Stretch> stretches(List<Integer> courses, Place from) {
        return Multi.createFrom()
                .range(from.course(), courses.size())
                .onItem()
                .transformToMultiAndConcatenate(
                        course -> stretches(courses.get(course), course == from.course() ? from.next() : 0));
    }

    private Multi<Stretch> stretches(int courseId, long from) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicLong(from), next -> stretch(courseId, next))
                .until(stretch -> stretch.size() == 0);
    }

    private Uni<Stretch> stretch(int courseId, AtomicLong next) {
        return enrollments.stretch(courseId, next.get(), config.stretch())
                .invoke(stretch -> next.set(stretch.last() + 1));
    }
}
