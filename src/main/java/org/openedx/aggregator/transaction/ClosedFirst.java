package org.openedx.aggregator.transaction;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

/**
 * Has a connection know that it is lost before those who wait for its answers do. Vert.x' MySQL client (4.5) tells them
 * first, and what they or the next in the pool's queue then ask of the connection is taken and never answered.
 */
final class ClosedFirst extends ChannelInboundHandlerAdapter {

    private static final String CODEC = "codec";

    private final ChannelInboundHandlerAdapter once = new Once();

    private ClosedFirst() {
    }

    /** To be called on the connection's event loop, when it is new. */
    static void on(SqlConnection connection) {
        var first = new ClosedFirst();
        socket(connection).channelHandlerContext().pipeline()
                .addBefore(CODEC, null, first)
                .addAfter(CODEC, null, first.once);
    }

    /** What is beneath a connection of the pool. */
    static NetSocketInternal socket(SqlConnection connection) {
        var pooled = ((SqlConnectionInternal) connection).unwrap();
        return ((SocketConnectionBase) pooled.unwrap()).socket();
    }

    // All that was received is decoded by now. The connection sits behind the codec, which has the waiting answers.
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        context.pipeline().context(once).fireChannelInactive();
        context.fireChannelInactive();
    }

    /** Spares the connection what it was told already. */
    private static final class Once extends ChannelInboundHandlerAdapter {

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            // It goes no further.
        }
    }
}
