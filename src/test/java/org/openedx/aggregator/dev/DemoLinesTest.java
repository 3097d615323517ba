package org.openedx.aggregator.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import org.junit.jupiter.api.Test;

class DemoLinesTest {

    private static final URI BASE = URI.create("http://localhost:8099/");

    @Test
    void the_lines_fetch_then_send_then_fetch_again() {
        // When
        var commands = DemoLines.of(BASE).lines().filter(line -> line.startsWith("curl")).toList();

        // Then
        assertThat(commands).containsExactly(DemoLines.fetch(BASE), DemoLines.complete(BASE), DemoLines.fetch(BASE));
    }

    @Test
    void the_lines_lead_to_the_running_server() {
        // When
        var fetch = DemoLines.fetch(BASE);

        // Then
        assertThat(fetch)
                .contains("$(curl -s 'http://localhost:8099/dev/token?username=alice')")
                .contains(
                        "'http://localhost:8099/completion-aggregator/v1/course/course-v1:Demo+NightSky+2025/?username=alice");
    }

    @Test
    void the_event_is_news() {
        // Given
        var blocks = DemoCourse.completable();

        // When
        var event = DemoLines.event();

        // Then
        assertThat(event).contains(blocks.get(24).value()).doesNotContain("'");
    }
}
