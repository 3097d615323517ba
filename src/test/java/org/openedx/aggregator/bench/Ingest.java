package org.openedx.aggregator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.openedx.aggregator.bench.Site.Completion;
import org.openedx.aggregator.bench.TrackingEvents.Fact;

/**
 * Kafka to facts and marks. The service is held while the events are laid out, so that producing them takes nothing from
 * it, then let go; the clock stops when the facts of the last ones are written. The service runs without aggregation.
 */
final class Ingest {

    private static final int WARM_UP = 200_000;
    private static final int UPDATES = 200_000;

    private final Bench bench;

    Ingest(Bench bench) {
        this.bench = bench;
    }

    /** Leaves the facts of all learners behind. */
    List<Figure> measure(int runs) {
        var all = bench.site().first();
        var framed = new FramedEvents(bench.site());
        var rows = new SnapshotRows(bench.site());
        var inserts = inserts(bench.feed()::send, all, runs);
        var avro = inserts(completions -> bench.feed().send(framed, completions), all, runs);
        var snapshot = inserts(completions -> bench.feed().send(rows, completions), all, runs);
        var updates = new ArrayList<Lap>();
        for (int run = 0; run < runs; run++) {
            updates.add(take(bench.feed()::send, all.subList(0, Math.min(UPDATES, all.size()))));
        }
        return List.of(
                Figure.rate("ingest.events_per_s", "Kafka to facts and marks, each event a new fact",
                        Optional.of(Bar.atLeast(20_000)), "event", inserts),
                Figure.rate("ingest_update.events_per_s", "the same, each event newer than a known fact", Optional.empty(),
                        "event", updates),
                Figure.rate("ingest_avro.events_per_s", "the same of new facts, each event in framed Avro",
                        Optional.of(Bar.atLeast(18_000)), "event", avro),
                Figure.rate("snapshot.rows_per_s", "the same of new facts, rows of a snapshot of the LMS's table",
                        Optional.of(Bar.atLeast(15_000)), "row", snapshot));
    }

    private List<Lap> inserts(Function<List<Completion>, List<Fact>> sending, List<Completion> all, int runs) {
        forget();
        take(sending, all.subList(0, Math.min(WARM_UP, all.size())));
        var laps = new ArrayList<Lap>();
        for (int run = 0; run < runs; run++) {
            forget();
            laps.add(take(sending, all));
            requireFacts(all.size());
        }
        return laps;
    }

    private void forget() {
        bench.tables().change("TRUNCATE TABLE block_completion");
        bench.tables().change("TRUNCATE TABLE stale_completion");
    }

    private void requireFacts(long sent) {
        long facts = bench.tables().number("SELECT COUNT(*) FROM block_completion");
        if (facts != sent) {
            throw new IllegalStateException(facts + " facts of " + sent + " events");
        }
    }

    private Lap take(Function<List<Completion>, List<Fact>> sending, List<Completion> completions) {
        bench.service().hold();
        var last = sending.apply(completions);
        var start = bench.clocks().read();
        bench.service().letGo();
        bench.tables().awaitFacts(last);
        var lap = bench.clocks().since(start, completions.size());
        bench.feed().awaitTakenIn();
        Bench.say("ingest: %,.0f events, %,.0f events/s".formatted(lap.units(), lap.perSecond()));
        return lap;
    }
}
