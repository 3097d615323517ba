package org.openedx.aggregator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends prepared requests over open connections, each as soon as the one before is answered. One thread and no parsing
 * beyond the length of an answer: it shares the machine with what it measures.
 */
final class LoadGenerator implements AutoCloseable {

    private final Selector selector;
    private final List<byte[]> requests;
    private final SplittableRandom random = new SplittableRandom(1);
    private int[] micros = new int[1 << 16];
    private int count;

    LoadGenerator(URI address, List<byte[]> requests, int connections) {
        this.requests = requests;
        try {
            selector = Selector.open();
            for (int connection = 0; connection < connections; connection++) {
                HttpConnection.open(new InetSocketAddress(address.getHost(), address.getPort()), selector);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run came to: the latencies in microseconds, ascending. */
    record Load(Lap lap, int[] micros) {
        double percentileMillis(double share) {
            return micros[(int) Math.ceil(micros.length * share) - 1] / 1000.0;
        }
    }

    /** Keeps every connection busy for so long, then waits for the last answers. */
    Load run(Clocks clocks, Duration duration) {
        count = 0;
        try {
            var start = clocks.read();
            long end = start.wall() + duration.toNanos();
            for (var key : selector.keys()) {
                ((HttpConnection) key.attachment()).send(next());
            }
            int busy = selector.keys().size();
            while (busy > 0) {
                busy -= answered(end);
            }
            return new Load(clocks.since(start, count), sorted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many connections have got their last answer. */
    private int answered(long end) throws IOException {
        if (selector.select(10_000) == 0) {
            throw new IllegalStateException("No answer for 10 s");
        }
        int finished = 0;
        for (SelectionKey key : selector.selectedKeys()) {
            var connection = (HttpConnection) key.attachment();
            if (connection.receive()) {
                long now = System.nanoTime();
                record((int) ((now - connection.sentAt()) / 1000));
                if (now < end) {
                    connection.send(next());
                } else {
                    finished++;
                }
            }
        }
        selector.selectedKeys().clear();
        return finished;
    }

    private byte[] next() {
        return requests.get(random.nextInt(requests.size()));
    }

    private void record(int latency) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, count * 2);
        }
        micros[count++] = latency;
    }

    private int[] sorted() {
        var sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public void close() {
        try {
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
