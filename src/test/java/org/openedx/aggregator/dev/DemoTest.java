package org.openedx.aggregator.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class DemoTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Demo demo;

    @Test
    void the_learners_have_come_as_far_as_they_should() {
        // When
        load();

        // Then
        assertThat(Database.rows("""
                SELECT p.learner_id AS id, p.earned AS earned FROM progress p JOIN course c ON c.id = p.course_id
                 WHERE c.course_key = ? AND p.learner_id BETWEEN 502 AND 505 ORDER BY p.learner_id""",
                DemoCourse.KEY.value()))
                .extracting(row -> row.get("earned"))
                // The block with two parents counts twice.
                .containsExactly(42.0, 64.0, 8.0, 0.0);
        assertThat(demo.isReady().await().atMost(PATIENCE)).isTrue();
    }

    @Test
    void loading_again_sends_and_publishes_nothing() {
        // Given
        load();

        // When
        var isNew = demo.load().await().atMost(PATIENCE);

        // Then
        assertThat(isNew).isFalse();
        assertThat(demo.publish().await().atMost(PATIENCE).isNew()).isFalse();
    }

    private void load() {
        demo.load().await().atMost(PATIENCE);
        try (var lms = new Lms()) {
            lms.awaitIngested();
        }
        Database.awaitAggregated(DemoCourse.KEY.value());
    }
}
