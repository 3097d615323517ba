package org.openedx.aggregator.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.json.JsonObject;

/** The protocol by which browsers are driven: a command has an id, and so has its answer; everything else is news. */
final class DevTools implements WebSocket.Listener {

    private static final int PATIENCE_SECONDS = 30;

    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private WebSocket socket;

    private DevTools() {
    }

    static DevTools connect(URI address) {
        var tools = new DevTools();
        tools.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, tools).join();
        return tools;
    }

    JsonObject send(String method, JsonObject parameters) {
        return send(method, parameters, null);
    }

    synchronized JsonObject send(String method, JsonObject parameters, String session) {
        var id = last.incrementAndGet();
        var command = new JsonObject().put("id", id).put("method", method).put("params", parameters);
        if (session != null) {
            command.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonObject>();
        waiting.put(id, answer);
        socket.sendText(command.encode(), true);
        try {
            return result(method, answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new AssertionError("No answer to " + method, e);
        }
    }

    private static JsonObject result(String method, JsonObject answer) {
        if (answer.containsKey("error")) {
            throw new AssertionError(method + ": " + answer.getJsonObject("error").encode());
        }
        return answer.getJsonObject("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean complete) {
        message.append(part);
        if (complete) {
            var news = new JsonObject(message.toString());
            message.setLength(0);
            var asked = news.containsKey("id") ? waiting.remove(news.getInteger("id")) : null;
            if (asked != null) {
                asked.complete(news);
            }
        }
        from.request(1);
        return null;
    }
}
