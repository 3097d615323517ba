package org.openedx.aggregator.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.openedx.aggregator.bench.LoadGenerator.Load;
import org.openedx.aggregator.dev.DevKeys;

/**
 * Reads over HTTP while nothing is stale: 32 connections that stay open, each with one request under way, so the service is
 * as busy as it can be and a latency has the queue in it.
 */
final class Reads {

    private static final int CONNECTIONS = 32;
    private static final int READERS = 500;
    private static final int PAGE_SIZE = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration RUN = Duration.ofSeconds(8);
    private static final String COURSE = "/completion-aggregator/v1/course/" + Site.COURSE + "/";

    private final Bench bench;
    private final int runs;

    Reads(Bench bench, int runs) {
        this.bench = bench;
        this.runs = runs;
    }

    /** One request, prepared to the last byte. */
    private record Read(String query, String token) {
        byte[] bytes(String host) {
            return ("GET " + COURSE + query + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: JWT " + token
                    + "\r\nAccept: application/json\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    List<Figure> measure() {
        var tokens = IntStream.range(0, Math.min(READERS, bench.site().learners())).mapToObj(Reads::token).toList();
        var figures = new ArrayList<Figure>();
        var one = loads("read_one", learners(tokens, ""), 1);
        figures.add(rate("read_one", "GET one learner, course only", Bar.atLeast(8_000), one));
        figures.add(Figure.of("read_one.p99_ms", "the 99th percentile of its latencies in ms", Optional.of(Bar.atMost(15)),
                one.stream().map(load -> load.percentileMillis(0.99)).toList()));
        figures.add(rate("read_blocks", "GET one learner, all " + Site.AGGREGATORS + " blocks", Bar.atLeast(1_500),
                loads("read_blocks", learners(tokens, "&requested_fields=chapter,sequential,vertical"), Site.AGGREGATORS)));
        figures.add(rate("read_page", "GET " + PAGE_SIZE + " learners with chapters", Bar.atLeast(300),
                loads("read_page", pages(), PAGE_SIZE * 10)));
        return figures;
    }

    private static String token(int learner) {
        return DevKeys.token(Map.of("preferred_username", Site.username(learner), "user_id", Site.id(learner)));
    }

    private static List<Read> learners(List<String> tokens, String more) {
        return IntStream.range(0, tokens.size())
                .mapToObj(learner -> new Read("?username=" + Site.username(learner) + more, tokens.get(learner)))
                .toList();
    }

    private List<Read> pages() {
        return IntStream.rangeClosed(1, Math.max(1, bench.site().learners() / PAGE_SIZE))
                .mapToObj(page -> new Read("?page_size=" + PAGE_SIZE + "&page=" + page + "&requested_fields=chapter",
                        Calls.staffToken()))
                .toList();
    }

    private List<Load> loads(String name, List<Read> reads, int blocks) {
        check(reads.get(0), blocks);
        var host = bench.service().address().getAuthority();
        var requests = reads.stream().map(read -> read.bytes(host)).toList();
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

    // An answer without the blocks would be a fast one.
    private void check(Read read, int blocks) {
        var body = bench.calls().get(COURSE + read.query());
        int percents = body.split("\"percent\"", -1).length - 1;
        int items = body.split("\"username\"", -1).length - 1;
        if (percents < blocks || items > PAGE_SIZE) {
            throw new IllegalStateException("Unexpected answer with " + percents + " percents: " + body);
        }
    }

    private static Figure rate(String name, String what, Bar bar, List<Load> loads) {
        return Figure.rate(name + ".requests_per_s", what, Optional.of(bar), "request", loads.stream().map(Load::lap).toList());
    }
}
