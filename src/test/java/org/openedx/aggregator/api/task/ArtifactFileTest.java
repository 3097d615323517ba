package org.openedx.aggregator.api.task;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.task.ArtifactStore;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;

/** What comes over HTTP for a link, from the real store. */
@QuarkusTest
class ArtifactFileTest {

    private static final String KEY = "user_tasks/2026/11/21/7b1f9d5e-0b1c-4f43-8d2b-3c1b0e0f9a77/Größe & mehr.csv";
    private static final String TEXT = "0123456789";

    @Inject
    ArtifactStore store;
    private String link;

    @BeforeEach
    void write() {
        await(store.write(KEY, Multi.createFrom().item(Buffer.buffer(TEXT))));
        link = await(store.link(KEY, "Größe.csv", "text/csv")).toString();
    }

    @AfterEach
    void delete() {
        await(store.delete(KEY));
    }

    @Test
    void a_link_loads_the_file_without_a_token_and_saves_it_under_its_name() {
        client().get(link)
                .then()
                .statusCode(200)
                .body(equalTo(TEXT))
                .header("Content-Length", "10")
                .header("Content-Type", startsWith("text/csv"))
                .header("Content-Disposition", "attachment; filename=\"Gro_e.csv\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.csv")
                .header("Cache-Control", "private, no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", containsString("sandbox"))
                .header("Accept-Ranges", "bytes");
    }

    @Test
    void the_head_is_that_of_the_file_without_it() {
        client().head(link)
                .then()
                .statusCode(200)
                .header("Content-Length", "10")
                .header("ETag", startsWith("\""))
                .header("Content-Disposition", startsWith("attachment"))
                .body(equalTo(""));
    }

    @Test
    void a_part_is_answered_as_one() {
        client().header("Range", "bytes=2-4").get(link)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 2-4/10")
                .header("Content-Length", "3")
                .body(equalTo("234"));
    }

    @Test
    void a_part_that_there_is_not_is_refused_with_the_size() {
        client().header("Range", "bytes=10-").get(link)
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */10")
                .body("detail", containsString("10 bytes"));
    }

    @Test
    void a_download_is_resumed_only_if_it_is_still_the_same_file() {
        // Given
        var tag = client().head(link).header("ETag");

        // Then
        client().header("Range", "bytes=8-").header("If-Range", tag).get(link)
                .then().statusCode(206).body(equalTo("89"));
        client().header("Range", "bytes=8-").header("If-Range", "\"another\"").get(link)
                .then().statusCode(200).body(equalTo(TEXT));
    }

    @Test
    void who_has_the_file_is_not_sent_it_again() {
        // Given
        var tag = client().head(link).header("ETag");

        // Then
        client().header("If-None-Match", "\"another\", W/" + tag).get(link)
                .then().statusCode(304).body(equalTo(""));
    }

    @Test
    void a_changed_link_is_refused() {
        client().get(link.replace("type=text%2Fcsv", "type=text%2Fhtml"))
                .then().statusCode(403).body("detail", equalTo("This link is not valid."));
        client().get(link.replaceAll("&signature=.*", ""))
                .then().statusCode(403);
        client().get("/api/tasks/v0/files/..%2F..%2Fpom.xml")
                .then().statusCode(403);
        client().get("/api/tasks/v0/files/%00?expires=x&signature=%FF")
                .then().statusCode(403);
    }

    @Test
    void a_link_to_a_deleted_file_finds_nothing() {
        // Given
        await(store.delete(KEY));

        // Then
        client().get(link).then().statusCode(404).body("detail", containsString("does not exist"));
    }

    @Test
    void an_empty_file_is_a_file() {
        // Given
        await(store.write(KEY, Multi.createFrom().empty()));

        // Then
        client().get(link).then().statusCode(200).header("Content-Length", "0").body(equalTo(""));
        assertThat(client().head(link).statusCode()).isEqualTo(200);
    }

    private static RequestSpecification client() {
        return given().urlEncodingEnabled(false);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
