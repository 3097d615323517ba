package org.openedx.aggregator.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.Database;

import io.quarkus.test.junit.QuarkusTest;

/** The service as it comes. */
@QuarkusTest
class TrackingOffTest {

    @Test
    void nothing_is_noted_and_nothing_is_sent() throws ExecutionException, InterruptedException {
        // Given
        var course = SampleCourse.unknown();
        Tracked.forget(course);

        // When
        course.inUse();

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM progress WHERE learner_id = ?", course.learnerId)).isEqualTo(1);
        assertThat(Database.number("SELECT COUNT(*) FROM progress_event_outbox WHERE learner_id = ?", course.learnerId))
                .isZero();
        assertThat(Database.number("SELECT COUNT(*) FROM progress_event_clock WHERE learner_id = ?", course.learnerId))
                .isZero();
        try (var admin = Admin.create(Map.of("bootstrap.servers", EmbeddedServices.start().bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).doesNotContain("completion-aggregator-progress");
        }
    }
}
