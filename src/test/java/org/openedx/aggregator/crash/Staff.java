package org.openedx.aggregator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.ServiceProcess;

import io.vertx.core.json.JsonObject;

/** A member of the staff who has an e-mail address and reads Spanish, and the replica they talk to. */
record Staff(ServiceProcess service) {

    static final String NAME = "teacher";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Staff at(ServiceProcess service) {
        return new Staff(service);
    }

    /** Has long work started. */
    JsonObject post(String path, JsonObject body) {
        return new JsonObject(answer(202, request(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))));
    }

    JsonObject json(String path) {
        return new JsonObject(text(path));
    }

    /** A path, or the whole address. */
    String text(String path) {
        return answer(200, request(path));
    }

    private HttpRequest.Builder request(String path) {
        var token = DevKeys.token(Map.of("preferred_username", NAME, "administrator", true, "email", "teacher@example.org"));
        return HttpRequest.newBuilder(service.at("/").resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "JWT " + token)
                .header("Accept-Language", "es");
    }

    private static String answer(int status, HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
