package org.openedx.aggregator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another; while it is shut, every connection ends as it is made, as if the server were down. */
public final class Gate implements AutoCloseable {

    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    public Gate(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, HOST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public void shut() {
        shut = true;
        connections.forEach(Gate::closeQuietly);
        connections.clear();
    }

    public void open() {
        shut = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                lead(door.accept());
            } catch (IOException closed) {
                // Closed, or nobody is behind it.
            }
        }
    }

    private void lead(Socket in) throws IOException {
        if (shut) {
            in.close();
            return;
        }
        connections.add(in);
        var out = new Socket(HOST, target);
        connections.add(out);
        start(() -> copy(in, out));
        start(() -> copy(out, in));
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Either side may end it.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            connections.remove(from);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // Nothing more to do.
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        shut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
