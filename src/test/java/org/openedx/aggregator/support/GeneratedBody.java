package org.openedx.aggregator.support;

import java.util.function.IntFunction;

import io.vertx.core.http.HttpServerResponse;

/** A body that is made piece by piece while it is sent, as fast as the other side reads. */
public record GeneratedBody(int pieces, IntFunction<String> piece) {

    public static GeneratedBody of(String body) {
        return new GeneratedBody(1, first -> body);
    }

    void send(HttpServerResponse response) {
        response.setChunked(true);
        send(response, 0);
    }

    private void send(HttpServerResponse response, int from) {
        int next = from;
        while (next < pieces && !response.writeQueueFull()) {
            response.write(piece.apply(next++));
        }
        if (next == pieces) {
            response.end();
        } else {
            int rest = next;
            response.drainHandler(drained -> send(response, rest));
        }
    }
}
