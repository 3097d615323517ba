package org.openedx.aggregator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.openedx.aggregator.course.CourseGraph;
import org.openedx.aggregator.course.CourseGraphFixture;
import org.openedx.aggregator.learner.Audience;

/**
 * What it costs that learners see different parts: forty cohorts, each of which misses another sequential. The plain
 * course and the one with groups take turns, so that what else happens on the machine falls on both.
 */
final class Visibility {

    private static final String STRUCTURE = "/completion-aggregator/v1/structure/" + Site.COURSE + "/";
    private static final int COURSES = 25;
    private static final int WARM_UP_RUNS = 6;

    private final Bench bench;
    private final Aggregations aggregations;

    Visibility(Bench bench, Aggregations aggregations) {
        this.bench = bench;
        this.aggregations = aggregations;
    }

    List<Figure> measure(int runs) {
        joinCohorts();
        var plain = new ArrayList<Lap>();
        var grouped = new ArrayList<Lap>();
        on(bench.site().structureForGroups(), WARM_UP_RUNS);
        on(bench.site().structure(), WARM_UP_RUNS);
        for (int run = 0; run < runs; run++) {
            grouped.add(on(bench.site().structureForGroups(), 1));
            plain.add(on(bench.site().structure(), 1));
        }
        return List.of(cost(plain, grouped),
                Figure.rate("full_forced_plain.learners_per_s", "full aggregation, forced again, everybody sees all",
                        Optional.empty(), "learner", plain),
                Figure.rate("full_forced_grouped.learners_per_s", "the same, forty cohorts see different parts",
                        Optional.empty(), "learner", grouped),
                bytesPerGroup());
    }

    private Lap on(byte[] structure, int warmUpRuns) {
        bench.calls().put(STRUCTURE, structure);
        bench.tables().awaitNoMarks();
        for (int run = 0; run < warmUpRuns; run++) {
            aggregations.forced();
        }
        return aggregations.forced();
    }

    private void joinCohorts() {
        var course = "(SELECT id FROM course WHERE course_key = '" + Site.COURSE + "')";
        for (int group = 0; group < Site.GROUPS; group++) {
            bench.tables().change("REPLACE INTO cohort (id, course_id, name, changed_at) VALUES (%d, %s, 'group %1$d', 1)"
                    .formatted(group + 1, course));
            bench.tables().change("REPLACE INTO cohort_group (cohort_id, partition_id, group_id, changed_at)"
                    + " VALUES (%d, %d, %d, 1)".formatted(group + 1, Site.PARTITION, group));
        }
        bench.tables().change("REPLACE INTO cohort_member (course_id, learner_id, cohort_id, changed_at)"
                + " SELECT course_id, learner_id, learner_id MOD " + Site.GROUPS + " + 1, 1 FROM enrollment");
    }

    private static Figure cost(List<Lap> plain, List<Lap> grouped) {
        var costs = IntStream.range(0, plain.size())
                .mapToObj(run -> plain.get(run).perSecond() / grouped.get(run).perSecond())
                .toList();
        return Figure.of("visibility.cost", "learners/s where everybody sees all over those of forty groups",
                Optional.of(Bar.atMost(1.1)), costs);
    }

    /** On the heap of this process: the graphs of forty groups in some courses, beside what the groups share. */
    private Figure bytesPerGroup() {
        var structure = CourseGraphFixture.structure(Site.COURSE,
                new String(bench.site().structureForGroups(), java.nio.charset.StandardCharsets.UTF_8));
        var ids = CourseGraphFixture.ids(structure);
        var courses = IntStream.range(0, COURSES)
                .mapToObj(number -> CourseGraphFixture.course(number, structure, ids))
                .collect(Collectors.toList());
        var graphs = new ArrayList<CourseGraph>(COURSES * Site.GROUPS);
        long before = usedHeap();
        for (var course : courses) {
            for (int group = 0; group < Site.GROUPS; group++) {
                var audience = new Audience(false, false, Map.of(Site.PARTITION, group), Map.of());
                graphs.add(course.seenBy(audience, 0).orElseThrow());
            }
        }
        double bytes = usedHeap() - before;
        return Figure.of("graphs.bytes_per_group", "heap for the graph of one group in a course of 1,261 blocks",
                Optional.empty(), List.of(bytes / graphs.size()));
    }

    private static long usedHeap() {
        var runtime = Runtime.getRuntime();
        for (int round = 0; round < 4; round++) {
            System.gc();
            Patience.pause(java.time.Duration.ofMillis(200));
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
