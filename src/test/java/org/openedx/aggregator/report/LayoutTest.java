package org.openedx.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.course.RegisteredBlocks.RegisteredBlock;

class LayoutTest {

    @ParameterizedTest
    @CsvSource({ "1, 500", "150, 500", "999, 100", "16383, 6", "200000, 1" })
    void the_wider_a_file_is_the_fewer_rows_are_in_memory(int chapters, int rows) {
        assertThat(wide(chapters).rowsAtOnce(500)).isEqualTo(rows);
    }

    @Test
    void courses_that_share_a_block_share_its_column() {
        // Given
        var course = new RegisteredBlocks(List.of(new RegisteredBlock("chapter", "one")));
        var other = new RegisteredBlocks(List.of(new RegisteredBlock("chapter", "one"), new RegisteredBlock("chapter", "two"),
                new RegisteredBlock("vertical", "three")));

        // When
        var layout = Layout.of(List.of(Column.BLOCK_EARNED, Column.PERCENT, Column.BLOCK_PERCENT), List.of("chapter"),
                List.of(course, other));

        // Then
        assertThat(layout.headings()).containsExactly("percent", "one earned", "one percent", "two earned", "two percent");
        assertThat(layout.width()).isEqualTo(5);
    }

    private static Layout wide(int chapters) {
        var blocks = IntStream.range(0, chapters)
                .mapToObj(number -> new RegisteredBlock("chapter", String.valueOf(number)))
                .toList();
        return Layout.of(List.of(Column.USERNAME, Column.BLOCK_PERCENT), List.of("chapter"),
                List.of(new RegisteredBlocks(blocks)));
    }
}
