package org.openedx.aggregator.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.openedx.aggregator.dev.DevKeys;

/** Server-sent events as a browser reads them. */
public final class EventStream implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Map<String, String>> events = new LinkedBlockingQueue<>();

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        var reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns when the head of the answer is there. */
    public static EventStream open(URI address, String username, String... headers) {
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "text/event-stream")
                .header("Authorization", "JWT " + DevKeys.token(Map.of("preferred_username", username)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new EventStream(CLIENT.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var event = new TreeMap<String, String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    events.add(Map.copyOf(event));
                    event.clear();
                } else {
                    int colon = line.indexOf(':');
                    event.put(colon == 0 ? "comment" : line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
            events.add(Map.of("end", "clean"));
        } catch (IOException e) {
            events.add(Map.of("end", "broken: " + e));
        }
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** The next event by its fields, or a comment, or an end that is clean or broken; fails if nothing comes. */
    public Map<String, String> next() {
        try {
            var event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("No event came");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The same without comments. */
    public Map<String, String> nextEvent() {
        var event = next();
        while (event.containsKey("comment")) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
