package org.openedx.aggregator.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A connection that sends one request at a time and finds the end of its answer. */
final class HttpConnection {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");
    private static final int UNKNOWN = -1;

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long sentAt;
    private long missing;

    private HttpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static void open(InetSocketAddress address, Selector selector) throws IOException {
        var channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new HttpConnection(channel));
    }

    /** On {@link System#nanoTime()}. */
    long sentAt() {
        return sentAt;
    }

    void send(byte[] request) throws IOException {
        sentAt = System.nanoTime();
        missing = UNKNOWN;
        buffer.clear();
        var bytes = ByteBuffer.wrap(request);
        // A request fits into the socket's buffer, which is empty.
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Whether the answer is complete; fails if it is neither 200 nor 304. */
    boolean receive() throws IOException {
        int read = channel.read(buffer);
        if (read < 0) {
            throw new IOException("The service closed the connection");
        }
        if (missing == UNKNOWN) {
            readHeader();
        } else {
            missing -= read;
            buffer.clear();
        }
        return missing == 0;
    }

    private void readHeader() throws IOException {
        int end = endOfHeader();
        if (end < 0) {
            return;
        }
        var header = new String(buffer.array(), 0, end, StandardCharsets.ISO_8859_1);
        if (header.startsWith("HTTP/1.1 304 ")) {
            missing = 0;
            return;
        }
        var length = LENGTH.matcher(header);
        if (!header.startsWith("HTTP/1.1 200 ") || !length.find()) {
            throw new IOException("Unexpected answer: " + header);
        }
        missing = Long.parseLong(length.group(1)) - (buffer.position() - end);
        buffer.clear();
    }

    private int endOfHeader() {
        var bytes = buffer.array();
        for (int at = 3; at < buffer.position(); at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n' && bytes[at - 3] == '\r') {
                return at + 1;
            }
        }
        return -1;
    }
}
