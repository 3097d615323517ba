package org.openedx.aggregator.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.completion.Completions;
import org.openedx.aggregator.event.Change.BlockCompleted;
import org.openedx.aggregator.event.Change.EnrollmentChanged;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Enrollments;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;

/** Writes what events say, and the marks it calls for, in one transaction per part of a batch. */
@ApplicationScoped
class ChangeRecorder {

    private final KeyIds keyIds;
    private final Enrollments enrollments;
    private final Completions completions;
    private final StaleLedger ledger;
    private final Transactions transactions;
    private final EventConfig config;

    ChangeRecorder(KeyIds keyIds, Enrollments enrollments, Completions completions, StaleLedger ledger,
            Transactions transactions, EventConfig config) {
        this.keyIds = keyIds;
        this.enrollments = enrollments;
        this.completions = completions;
        this.ledger = ledger;
        this.transactions = transactions;
        this.config = config;
    }

    /** Whether a failure is the fault of what was to be written, so that trying again cannot help. */
    static boolean isAboutData(Throwable failure) {
        return failure instanceof MySQLException error && error.getSqlState() != null
                && (error.getSqlState().startsWith("22") || error.getSqlState().startsWith("23"));
    }

    /** Records all changes; those of one learner in their order. */
    Uni<Void> record(List<ReadEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var changes = events.stream()
                .flatMap(event -> event.changes().stream())
                .toList();
        return identified(changes)
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(parts(changes, ids)))
                .onItem()
                .transformToUni(this::record)
                .merge(config.parallelism())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> record(ChangeSet part) {
        return transactions.run(transaction -> record(transaction, part));
    }

    // Marks come last: who holds them waits for nobody.
    private Uni<Void> record(SqlConnection transaction, ChangeSet part) {
        return enrollments.recordNames(transaction, part.names())
                .chain(() -> enrollments.record(transaction, part.enrollments()))
                .chain(() -> completions.record(transaction, part.completions()))
                .chain(() -> ledger.mark(transaction, part.stale()));
    }

    private List<ChangeSet> parts(List<Change> changes, Ids ids) {
        var parts = Stream.generate(ChangeSet::new)
                .limit(config.parallelism())
                .toList();
        for (var change : changes) {
            parts.get(Math.floorMod(Long.hashCode(change.learnerId()), parts.size())).add(change, ids);
        }
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }

    private Uni<Ids> identified(List<Change> changes) {
        var blocks = changes.stream()
                .filter(BlockCompleted.class::isInstance)
                .map(BlockCompleted.class::cast)
                .collect(Collectors.groupingBy(BlockCompleted::course,
                        Collectors.mapping(BlockCompleted::block, Collectors.toSet())));
        return keyIds.of(courses(changes))
                .chain(courseIds -> withBlocks(courseIds, blocks));
    }

    private static Set<CourseKey> courses(List<Change> changes) {
        return changes.stream()
                .flatMap(ChangeRecorder::course)
                .collect(Collectors.toSet());
    }

    private static Stream<CourseKey> course(Change change) {
        if (change instanceof BlockCompleted completed) {
            return Stream.of(completed.course());
        }
        return change instanceof EnrollmentChanged enrollment ? Stream.of(enrollment.course()) : Stream.empty();
    }

    private Uni<Ids> withBlocks(Map<CourseKey, Integer> courses, Map<CourseKey, Set<UsageKey>> blocks) {
        var ids = new Ids(courses, new HashMap<>());
        return Multi.createFrom()
                .iterable(blocks.keySet())
                .onItem()
                .transformToUniAndConcatenate(course -> withBlocks(ids, course, blocks.get(course)))
                .onItem()
                .ignoreAsUni()
                .replaceWith(ids);
    }

    private Uni<Map<UsageKey, Integer>> withBlocks(Ids ids, CourseKey course, Set<UsageKey> blocks) {
        return keyIds.of(ids.courses().get(course), blocks)
                .invoke(found -> ids.blocks().put(course, found));
    }

    /** The ids of all keys in a batch. */
    record Ids(Map<CourseKey, Integer> courses, Map<CourseKey, Map<UsageKey, Integer>> blocks) {
    }
}
