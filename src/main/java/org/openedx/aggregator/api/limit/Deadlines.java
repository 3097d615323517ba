package org.openedx.aggregator.api.limit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Gives requests up that take too long: who sends a body byte by byte is sent away, and who waits for an answer that does
 * not come, as of a database that hangs, is told so. An answer that has begun, a file or a stream, takes its time.
 */
@Singleton
class Deadlines {

    private final long millis;

    Deadlines(LimitConfig config) {
        millis = config.longestRequest().toMillis();
    }

    // Behind the handler of failures, before everything else.
    void onStart(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).handler(this::watch);
    }

    private void watch(RoutingContext context) {
        var timer = context.vertx().setTimer(millis, over -> giveUp(context));
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
        context.next();
    }

    private static void giveUp(RoutingContext context) {
        if (context.response().headWritten()) {
            return;
        }
        if (context.request().isEnded() || !hasBody(context.request())) {
            context.fail(HttpResponseStatus.SERVICE_UNAVAILABLE.code());
            return;
        }
        // What is still to come of the body is nobody's, so the connection is of no more use.
        context.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.addEndHandler(answered -> context.request().connection().close());
        context.fail(HttpResponseStatus.REQUEST_TIMEOUT.code());
    }

    // A request without one does not end either where nobody has asked for its body.
    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length != null ? !length.equals("0") : request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    }
}
