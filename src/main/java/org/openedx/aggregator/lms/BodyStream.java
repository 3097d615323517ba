package org.openedx.aggregator.lms;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.openedx.aggregator.course.StructureTooLargeException;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * The body of an answer as a stream that a worker thread reads while it arrives. Of a body of any length only some pieces
 * of a few kilobytes are in memory: the connection waits for the reader.
 */
final class BodyStream extends InputStream {

    private static final int PIECES = 32;
    private static final Buffer END = Buffer.buffer();

    private final HttpClientResponse response;
    private final Context context;
    private final long maxBytes;
    private final Duration patience;
    // Never holds more than was asked for, and the end.
    private final BlockingQueue<Buffer> pieces = new LinkedBlockingQueue<>();
    private volatile Throwable failure;
    private Buffer piece = Buffer.buffer();
    private int position;
    private int taken;
    private long bytes;
    private boolean ended;

    /** For a paused response, on its own context. */
    BodyStream(HttpClientResponse response, Context context, long maxBytes, Duration patience) {
        this.response = response;
        this.context = context;
        this.maxBytes = maxBytes;
        this.patience = patience;
        response.exceptionHandler(this::fail);
        response.handler(pieces::add);
        response.endHandler(end -> pieces.add(END));
        response.fetch(PIECES);
    }

    /** Ends the reading, from any thread. */
    void fail(Throwable cause) {
        failure = cause;
        pieces.add(END);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == piece.length() && !ended) {
            next();
        }
        if (failure != null) {
            throw new IOException(failure);
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, piece.length() - position);
        piece.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private void next() throws IOException {
        piece = poll();
        position = 0;
        ended = piece == END;
        bytes += piece.length();
        if (bytes > maxBytes) {
            throw new StructureTooLargeException("The answer of the LMS has more than " + maxBytes + " bytes.");
        }
        if (++taken == PIECES / 2) {
            taken = 0;
            context.runOnContext(ready -> response.fetch(PIECES / 2));
        }
    }

    private Buffer poll() throws IOException {
        try {
            var next = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new IOException("Nothing came for " + patience);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Gives the rest up, if there is one; the connection is of no use then. */
    @Override
    public void close() {
        if (!ended || failure != null) {
            context.runOnContext(now -> response.request().reset());
        }
    }
}
