package org.openedx.aggregator.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import org.openedx.aggregator.bench.LoadGenerator.Load;
import org.openedx.aggregator.dev.DevKeys;

/** Front-ends that ask how far a task is: 32 connections that stay open, each with one request under way. */
final class TaskPolls {

    static final int TASKS = 500;

    private static final int CONNECTIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration RUN = Duration.ofSeconds(8);

    private final Bench bench;
    private final int runs;

    TaskPolls(Bench bench, int runs) {
        this.bench = bench;
        this.runs = runs;
    }

    List<Figure> measure() {
        store();
        var figures = new ArrayList<Figure>();
        var full = loads("poll_task", requests(bench, "", ""));
        figures.add(rate("poll_task", "GET a task", 8_000, full));
        figures.add(Figure.of("poll_task.p99_ms", "the 99th percentile of its latencies in ms", Optional.of(Bar.atMost(10)),
                full.stream().map(load -> load.percentileMillis(0.99)).toList()));
        figures.add(rate("poll_known", "the same, 304 because nothing has changed", 12_000,
                loads("poll_known", requests(bench, "", "If-None-Match: \"1-en\"\r\n"))));
        return figures;
    }

    private void store() {
        bench.tables().change("DELETE FROM user_task_status WHERE task_class = 'bench.poll'");
        for (int task = 0; task < TASKS; task++) {
            bench.tables().change("""
                    INSERT INTO user_task_status (uuid, created, modified, username, task_id, task_class, name, state, phase,
                      due_at, completed_steps, total_steps, parameters, fingerprint, expires)
                    VALUES ('%s', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '%s', '', 'bench.poll', 'Export of a course', 'Exporting',
                      0, UTC_TIMESTAMP(6), 3, 10, '{}', '', UTC_TIMESTAMP(6) + INTERVAL 1 DAY)"""
                    .formatted(uuid(task), Site.username(task)));
        }
    }

    private static UUID uuid(int task) {
        return new UUID(0, task);
    }

    /** A request for each task by the person whose it is. */
    static List<byte[]> requests(Bench bench, String below, String header) {
        var host = bench.service().address().getAuthority();
        return IntStream.range(0, TASKS).mapToObj(task -> request(host, task, below, header)).toList();
    }

    private static byte[] request(String host, int task, String below, String header) {
        var token = DevKeys.token(Map.of("preferred_username", Site.username(task), "user_id", Site.id(task)));
        return ("GET /api/tasks/v0/tasks/" + uuid(task) + "/" + below + " HTTP/1.1\r\nHost: " + host
                + "\r\nAuthorization: JWT " + token + "\r\nAccept: */*\r\n" + header + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private List<Load> loads(String name, List<byte[]> requests) {
        try (var generator = new LoadGenerator(bench.service().address(), requests, CONNECTIONS)) {
            generator.run(bench.clocks(), WARM_UP);
            return IntStream.range(0, runs).mapToObj(run -> said(name, generator.run(bench.clocks(), RUN))).toList();
        }
    }

    private static Load said(String name, Load load) {
        Bench.say("%s: %,.0f requests/s, p50 %.1f ms, p99 %.1f ms".formatted(name, load.lap().perSecond(),
                load.percentileMillis(0.5), load.percentileMillis(0.99)));
        return load;
    }

    private static Figure rate(String name, String what, double bar, List<Load> loads) {
        return Figure.rate(name + ".requests_per_s", what, Optional.of(Bar.atLeast(bar)), "request",
                loads.stream().map(Load::lap).toList());
    }
}
