package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionModeTest {

    private final ModeTable table = ModeTable.stock();

    @ParameterizedTest
    @CsvSource({ "completable,COMPLETABLE", "aggregator,AGGREGATOR", "excluded,EXCLUDED" })
    void a_mode_has_its_open_edx_name(String text, CompletionMode mode) {
        assertThat(CompletionMode.parse(text)).contains(mode);
        assertThat(mode.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Completable", "AGGREGATOR", "done" })
    void any_other_name_is_no_mode(String text) {
        assertThat(CompletionMode.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "course,AGGREGATOR", "chapter,AGGREGATOR", "sequential,AGGREGATOR", "vertical,AGGREGATOR",
            "library_content,AGGREGATOR", "itembank,AGGREGATOR", "split_test,AGGREGATOR", "html,COMPLETABLE",
            "problem,COMPLETABLE", "video,COMPLETABLE", "drag-and-drop-v2,COMPLETABLE", "discussion,EXCLUDED",
            "not-installed,EXCLUDED" })
    void a_block_without_a_mode_has_the_mode_of_its_type(String type, CompletionMode mode) {
        assertThat(table.of(Keys.block(type + "/x"))).isEqualTo(mode);
    }

    @Test
    void a_reported_mode_beats_the_type() {
        // Given
        var html = Keys.block("html/x").withCompletionMode(CompletionMode.EXCLUDED);

        // When
        var mode = table.of(html);

        // Then
        assertThat(mode).isEqualTo(CompletionMode.EXCLUDED);
    }
}
