package org.openedx.aggregator.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A course of 30 chapters with many learners, made by SQL: a thousand of them have facts from which the service computes
 * results, all others have copies of these results.
 */
final class LargeCourse {

    static final String KEY = "course-v1:BenchX+Report+2026";
    static final int CHAPTERS = 30;
    static final int LEARNERS = 100_000;

    private static final int WITH_FACTS = 1_000;
    private static final long FIRST = 10_000_000;
    private static final String COURSE_ID = "(SELECT id FROM course WHERE course_key = '" + KEY + "')";
    private static final String DIGIT = "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
            + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    private static final String HUNDRED = "(SELECT a.d + 10 * b.d AS n FROM " + DIGIT + " a, " + DIGIT + " b)";
    private static final String THOUSAND = "(SELECT a.d + 10 * b.d + 100 * c.d AS n FROM " + DIGIT + " a, " + DIGIT + " b, "
            + DIGIT + " c)";

    private final Bench bench;

    LargeCourse(Bench bench) {
        this.bench = bench;
    }

    /** Nobody is stale but the learners with facts, who are marked and not due: they are computed for each report. */
    void make() {
        bench.calls().put("/completion-aggregator/v1/structure/" + KEY + "/", structure());
        var tables = bench.tables();
        tables.change("INSERT INTO learner (id, username, named_at) SELECT " + FIRST + " + t.n + 1000 * h.n,"
                + " CONCAT('reported', t.n + 1000 * h.n), 1 FROM " + THOUSAND + " t, " + HUNDRED + " h");
        enroll("BETWEEN " + FIRST + " AND " + (FIRST + WITH_FACTS - 1));
        tables.change("INSERT INTO block_completion SELECT b.course_id, e.learner_id, b.id, 1.0, 1767225600000000 + b.id"
                + " FROM block b JOIN enrollment e ON e.course_id = b.course_id WHERE b.course_id = " + COURSE_ID
                + " AND b.block_key LIKE '%type@html%' AND (b.id + e.learner_id) MOD 3 > 0");
        bench.calls().awaitEnd(bench.calls().reaggregate("{\"course_keys\": [\"" + KEY + "\"]}").join());
        enroll(">= " + (FIRST + WITH_FACTS));
        for (int copy = 1; copy < LEARNERS / WITH_FACTS; copy++) {
            tables.change("INSERT INTO progress (course_id, learner_id, structure_id, earned, possible, percent, last_modified,"
                    + " digest, blocks, created, modified) SELECT course_id, learner_id + " + copy * WITH_FACTS
                    + ", structure_id, earned, possible, percent, last_modified, digest, blocks, created, modified"
                    + " FROM progress WHERE course_id = " + COURSE_ID + " AND learner_id < " + (FIRST + WITH_FACTS));
        }
        tables.change("INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at) SELECT course_id,"
                + " learner_id, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 DAY FROM enrollment WHERE course_id = "
                + COURSE_ID + " AND learner_id < " + (FIRST + WITH_FACTS));
        Bench.say("report: %,d results".formatted(
                tables.number("SELECT COUNT(*) FROM progress WHERE course_id = " + COURSE_ID)));
    }

    void remove() {
        bench.tables().change("DELETE FROM stale_completion WHERE course_id = " + COURSE_ID);
        bench.tables().change("DELETE FROM enrollment WHERE course_id = " + COURSE_ID);
        bench.tables().change("DELETE FROM progress WHERE course_id = " + COURSE_ID);
    }

    private void enroll(String learners) {
        bench.tables().change("INSERT INTO enrollment SELECT c.id, l.id, TRUE, 'audit', 1 FROM learner l, course c WHERE l.id "
                + learners + " AND c.course_key = '" + KEY + "'");
    }

    /** 30 chapters with 2 sequentials, each with a vertical of 4 leaves. */
    private static byte[] structure() {
        var blocks = new ArrayList<String>();
        var chapters = new ArrayList<String>();
        for (int chapter = 0; chapter < CHAPTERS; chapter++) {
            var sequentials = new ArrayList<String>();
            for (int sequential = 0; sequential < 2; sequential++) {
                var place = chapter + "." + sequential;
                var leaves = new ArrayList<String>();
                for (int leaf = 0; leaf < 4; leaf++) {
                    leaves.add(add(blocks, "html", place + "." + leaf, List.of()));
                }
                sequentials.add(add(blocks, "sequential", place, List.of(add(blocks, "vertical", place, leaves))));
            }
            chapters.add(add(blocks, "chapter", String.valueOf(chapter), sequentials));
        }
        var root = add(blocks, "course", "course", chapters);
        return ("{\"root\": \"" + root + "\", \"blocks\": {" + String.join(",", blocks) + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String add(List<String> blocks, String type, String name, List<String> children) {
        var key = "block-v1:BenchX+Report+2026+type@" + type + "+block@" + name;
        blocks.add("\"%1$s\": {\"id\": \"%1$s\", \"type\": \"%2$s\", \"children\": [%3$s]}".formatted(key, type,
                String.join(",", children.stream().map(child -> '"' + child + '"').toList())));
        return key;
    }
}
