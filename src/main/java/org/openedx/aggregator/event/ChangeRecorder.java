package org.openedx.aggregator.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.trace.Step;
import org.openedx.aggregator.trace.Traces;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mysqlclient.MySQLException;

/** Writes what events say in one transaction per part of a batch. */
@ApplicationScoped
class ChangeRecorder {

    private final KeyIds keyIds;
    private final PartRecorder parts;
    private final Transactions transactions;
    private final EventConfig config;
    private final Traces traces;

    ChangeRecorder(KeyIds keyIds, PartRecorder parts, Transactions transactions, EventConfig config,
            Traces traces) {
        this.keyIds = keyIds;
        this.parts = parts;
        this.transactions = transactions;
        this.config = config;
        this.traces = traces;
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
        return traces.span(() -> step(part), () -> transaction(part));
    }

    private Uni<Void> transaction(ChangeSet part) {
        return transactions.run(transaction -> parts.record(transaction, part));
    }

    private static Step step(ChangeSet part) {
        return Step.named("record")
                .with("completion.facts", part.completions().size())
                .with("completion.marks", part.stale().size());
    }

    private List<ChangeSet> parts(List<Change> changes, Ids ids) {
        var sets = Stream.generate(() -> new ChangeSet(ids))
                .limit(config.parallelism())
                .toList();
        for (var change : changes) {
            sets.get(Math.floorMod(Long.hashCode(change.order()), sets.size())).add(change);
        }
        return sets.stream().filter(set -> !set.isEmpty()).toList();
    }

    private Uni<Ids> identified(List<Change> changes) {
        var blocks = new HashMap<CourseKey, Set<UsageKey>>();
        for (var change : changes) {
            change.inCourse().ifPresent(course -> blocksOf(blocks, course).addAll(change.blocks()));
        }
        return keyIds.of(blocks.keySet())
                .chain(courseIds -> withBlocks(courseIds, blocks));
    }

    private static Set<UsageKey> blocksOf(Map<CourseKey, Set<UsageKey>> blocks, CourseKey course) {
        return blocks.computeIfAbsent(course, key -> new HashSet<>());
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
        return keyIds.of(ids.of(course), blocks)
                .invoke(found -> ids.blocks().put(course, found));
    }

    /** The ids of all keys in a batch. */
    record Ids(Map<CourseKey, Integer> courses, Map<CourseKey, Map<UsageKey, Integer>> blocks) {

        int of(CourseKey course) {
            return courses.get(course);
        }

        int of(CourseKey course, UsageKey block) {
            return blocks.get(course).get(block);
        }
    }
}
