package org.openedx.aggregator.transaction;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.mysqlclient.MySQLConnectOptions;

/** A port by which the database is reached, as long as a test lets it. */
class WayToDatabase implements AutoCloseable {

    private final NetClient client;
    private final NetServer server;
    private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
    private volatile String forbidden;

    WayToDatabase(Vertx vertx, MySQLConnectOptions database) {
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(end -> join(end, database.getSocketAddress()));
        await(server.listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    /** Ends the connections there are. */
    void cut() {
        ends.forEach(NetSocket::close);
    }

    /** Ends the next connection on which somebody says this. */
    void cutAt(String words) {
        forbidden = words;
    }

    /** On the connections there are, nothing comes any more, and nobody is told. */
    void freeze() {
        ends.forEach(end -> end.handler(lost -> {
        }));
    }

    @Override
    public void close() {
        cut();
        await(server.close());
        await(client.close());
    }

    private void join(NetSocket end, SocketAddress database) {
        end.pause();
        client.connect(database).onSuccess(other -> join(end, other)).onFailure(failure -> end.close());
    }

    private void join(NetSocket end, NetSocket other) {
        ends.add(end);
        end.handler(said -> pass(said, end, other)).closeHandler(closed -> other.close());
        other.handler(end::write).closeHandler(closed -> end.close());
        end.resume();
    }

    private void pass(Buffer said, NetSocket end, NetSocket other) {
        if (forbidden != null && said.toString().contains(forbidden)) {
            forbidden = null;
            end.close();
        } else {
            other.write(said);
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
