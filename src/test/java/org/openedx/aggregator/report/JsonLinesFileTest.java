package org.openedx.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class JsonLinesFileTest {

    @Test
    void each_learner_is_an_object_in_a_line() throws Exception {
        // Given
        var file = new JsonLinesFile(Learners.layout(Column.USERNAME, Column.EARNED, Column.POSSIBLE, Column.LAST_COMPLETED,
                Column.BLOCK_PERCENT));

        // When
        var first = new String(file.rows(List.of(Learners.named("=a\n\"b"), Learners.unknown())), StandardCharsets.UTF_8);
        var second = new String(file.rows(List.of(Learners.unknown())), StandardCharsets.UTF_8);

        // Then
        var unknown = "{\"username\":\"new\",\"earned\":0.0,\"possible\":null,\"last_completed\":null,\"chapter\":[]}\n";
        assertThat(file.begin()).isEmpty();
        assertThat(first).isEqualTo("{\"username\":\"=a\\n\\\"b\",\"earned\":1.5,\"possible\":2.0,"
                + "\"last_completed\":\"2026-01-01T00:00:00Z\",\"chapter\":[{\"block_key\":\"one\",\"percent\":0.5},"
                + "{\"block_key\":\"=two\",\"percent\":1.0}]}\n" + unknown);
        assertThat(second).isEqualTo(unknown);
        assertThat(file.end()).isEmpty();
    }
}
