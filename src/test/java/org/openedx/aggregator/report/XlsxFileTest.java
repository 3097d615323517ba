package org.openedx.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class XlsxFileTest {

    @Test
    void texts_are_texts_and_numbers_are_numbers() throws Exception {
        // Given
        var layout = Learners.layout(Column.USERNAME, Column.EARNED, Column.POSSIBLE, Column.BLOCK_PERCENT);

        // When
        var sheets = Spreadsheet.read(written(new XlsxFile(layout, XlsxFile.MOST_ROWS),
                List.of(Learners.named("=1+1<&\u0001"), Learners.unknown())));

        // Then
        assertThat(sheets).containsOnlyKeys("Completion");
        assertThat(sheets.get("Completion").get(0)).containsEntry("A", "username").containsEntry("D", "one percent");
        assertThat(sheets.get("Completion").get(1)).containsEntry("B", "1.5").containsEntry("D", "0.5");
        assertThat(sheets.get("Completion").get(1).get("A")).startsWith("=1+1<&");
        assertThat(sheets.get("Completion").get(2)).isEqualTo(Map.of("A", "new", "B", "0.0"));
    }

    @Test
    void what_does_not_fit_goes_on_in_the_next_sheet() throws Exception {
        // Given
        var file = new XlsxFile(Learners.layout(Column.USERNAME), 4);

        // When
        var sheets = Spreadsheet.read(written(file, Learners.many(7)));

        // Then
        assertThat(sheets.keySet()).containsExactly("Completion", "Completion 2", "Completion 3");
        assertThat(sheets.get("Completion")).extracting(row -> row.get("A"))
                .containsExactly("username", "learner0", "learner1", "learner2");
        assertThat(sheets.get("Completion 3")).extracting(row -> row.get("A")).containsExactly("username", "learner6");
    }

    private static byte[] written(XlsxFile file, List<org.openedx.aggregator.aggregation.LearnerProgress> learners)
            throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(file.begin());
        bytes.writeBytes(file.rows(learners));
        bytes.writeBytes(file.end());
        return bytes.toByteArray();
    }
}
