package org.openedx.aggregator.support;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;

import io.restassured.path.json.JsonPath;

/** Watches tasks of the person called staff. */
public final class Tasks {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Tasks() {
    }

    /** Waits for the end of a task and answers it. */
    public static JsonPath awaitEnd(String location) {
        var path = location.replaceFirst("^https?://[^/]+", "");
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> task(path), task -> task.getString("finished") != null);
    }

    public static JsonPath awaitSuccess(String location) {
        var task = awaitEnd(location);
        assertThat(task.getString("state")).as(() -> artifacts(task).toString()).isEqualTo("Succeeded");
        return task;
    }

    /** Texts and contents of files, by the artifacts' names. */
    public static Map<String, String> artifacts(JsonPath task) {
        var contents = new HashMap<String, String>();
        for (var url : task.getList("artifacts", String.class)) {
            var artifact = task(url.replaceFirst("^https?://[^/]+", ""));
            var text = artifact.getString("text");
            contents.put(artifact.getString("name"), text.isEmpty() ? new String(file(artifact)) : text);
        }
        return contents;
    }

    /** The file of an artifact as a browser loads it. */
    public static byte[] file(JsonPath artifact) {
        var link = artifact.getString("file").replaceFirst("^https?://[^/]+", "");
        return given().urlEncodingEnabled(false).get(link).then().statusCode(200).extract().asByteArray();
    }

    public static JsonPath artifact(JsonPath task, String name) {
        return task.getList("artifacts", String.class).stream()
                .map(url -> task(url.replaceFirst("^https?://[^/]+", "")))
                .filter(artifact -> artifact.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonPath task(String path) {
        return Api.asStaff().get(path).then().statusCode(200).extract().jsonPath();
    }
}
