package org.openedx.aggregator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pages that watch tasks live: what their open streams take, and how late they see a change. */
final class TaskStreams {

    private static final int STREAMS = 2_000;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final double MIB = 1 << 20;

    private final Bench bench;

    TaskStreams(Bench bench) {
        this.bench = bench;
    }

    /** One open stream. */
    private record Stream(Socket socket, BufferedReader lines) {

        void awaitEvent() throws IOException {
            var line = lines.readLine();
            while (line != null && !line.startsWith("data: ")) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new IOException("The stream ended");
            }
        }
    }

    /** After the polls, which store the tasks. */
    List<Figure> measure() {
        var requests = TaskPolls.requests(bench, "events/", "");
        var streams = new ArrayList<Stream>();
        try {
            double before = heap();
            for (int stream = 0; stream < STREAMS; stream++) {
                streams.add(open(requests.get(stream % requests.size())));
            }
            double taken = heap() - before;
            long start = System.nanoTime();
            bench.tables().change("UPDATE user_task_status SET version = version + 1 WHERE task_class = 'bench.poll'");
            for (var stream : streams) {
                stream.awaitEvent();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Bench.say("streams: %.1f MiB, all have a change after %.2f s".formatted(taken, seconds));
            return List.of(
                    Figure.of("streams.heap_mib", "heap for 2,000 open event streams, in MiB", Optional.of(Bar.atMost(150)),
                            List.of(taken)),
                    Figure.of("streams.delay_s", "until all 2,000 have seen a change of their tasks, in s", Optional.empty(),
                            List.of(seconds)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            streams.forEach(TaskStreams::close);
        }
    }

    private Stream open(byte[] request) throws IOException {
        var socket = new Socket(bench.service().address().getHost(), bench.service().address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request);
        var stream = new Stream(socket,
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024));
        stream.awaitEvent();
        return stream;
    }

    private static void close(Stream stream) {
        try {
            stream.socket().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // What lives after a collection.
    private double heap() {
        collect();
        Patience.pause(Duration.ofSeconds(1));
        return bench.calls().get("/q/metrics").lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum() / MIB;
    }

    private void collect() {
        try {
            new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    String.valueOf(bench.service().pid()), "GC.run").start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
