package org.openedx.aggregator.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.openedx.aggregator.dev.DevKeys;

/** Single calls of the REST interface, as staff; the load is the {@link LoadGenerator}'s. */
final class Calls {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String STAFF = DevKeys.token(Map.of("preferred_username", "staff", "administrator", true));

    private final URI address;

    Calls(URI address) {
        this.address = address;
    }

    static String staffToken() {
        return STAFF;
    }

    boolean succeeds(String path) {
        try {
            return CLIENT
                    .send(HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build(), BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String get(String path) {
        return answer(CLIENT.sendAsync(request(path).build(), BodyHandlers.ofString()).join());
    }

    String put(String path, byte[] body) {
        var request = request(path).PUT(BodyPublishers.ofByteArray(body)).header("Content-Type", "application/json");
        return answer(CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).join());
    }

    /** Has all courses computed again; completes with the task. */
    CompletableFuture<String> reaggregate() {
        return reaggregate("{\"all\": true}");
    }

    CompletableFuture<String> reaggregate(String courses) {
        return posted("/completion-aggregator/v1/reaggregate/", courses);
    }

    String post(String path, String body) {
        return posted(path, body).join();
    }

    private CompletableFuture<String> posted(String path, String body) {
        var request = request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Calls::answer);
    }

    /** Waits for the end of a task, which is seen some 50 ms later at most, and answers it. */
    String awaitEnd(String task) {
        var path = URI.create(task.replaceFirst("(?s).*\"url\":\"([^\"]*)\".*", "$1")).getPath();
        var last = new String[] { task };
        Patience.until("the task ends", LONG, Duration.ofMillis(50), () -> {
            last[0] = get(path);
            return !last[0].contains("\"finished\":null");
        });
        return last[0];
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).header("Authorization", "JWT " + STAFF);
    }

    private static String answer(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
