package org.openedx.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {

    @Test
    void a_row_for_each_learner_follows_the_headings() {
        // Given
        var file = new CsvFile(Learners.layout(Column.USER_ID, Column.USERNAME, Column.EARNED, Column.POSSIBLE, Column.PERCENT,
                Column.LAST_COMPLETED, Column.BLOCK_EARNED, Column.BLOCK_PERCENT), false);

        // When
        var text = text(file.begin()) + text(file.rows(List.of(Learners.named("zoë"), Learners.unknown()))) + text(file.end());

        // Then
        assertThat(text).isEqualTo("user_id,username,earned,possible,percent,last_completed,"
                + "one earned,one percent,'=two earned,'=two percent\r\n"
                + "7,zoë,1.5,2.0,0.75,2026-01-01T00:00:00Z,0.5,0.5,1.0,1.0\r\n"
                + "8,new,0.0,,0.0,,,,,\r\n");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
            "plain,         plain",
            "`a,b`,         `\"a,b\"`",
            "`say \"hi\"`,  `\"say \"\"hi\"\"\"`",
            "=1+1,          '=1+1",
            "+1,            '+1",
            "-1,            '-1",
            "@SUM(A1),      '@SUM(A1)",
            "`=a,\"b`,      `\"'=a,\"\"b\"`",
            "a=1,           a=1" })
    void texts_are_quoted_and_never_a_formula(String given, String written) {
        // Given
        var file = new CsvFile(Learners.layout(Column.USERNAME), false);

        // When
        var row = text(file.rows(List.of(Learners.named(given))));

        // Then
        assertThat(row).isEqualTo(written + "\r\n");
    }

    @Test
    void control_characters_at_the_beginning_are_no_way_round() {
        var file = new CsvFile(Learners.layout(Column.USERNAME), false);
        assertThat(text(file.rows(List.of(Learners.named("\t=1"))))).isEqualTo("'\t=1\r\n");
        assertThat(text(file.rows(List.of(Learners.named("\r=1"))))).isEqualTo("\"'\r=1\"\r\n");
        assertThat(text(file.rows(List.of(Learners.named("\n=1"))))).isEqualTo("\"'\n=1\"\r\n");
    }

    @Test
    void it_begins_with_a_byte_order_mark_if_that_is_wanted() {
        assertThat(text(new CsvFile(Learners.layout(Column.USERNAME), true).begin())).isEqualTo("\uFEFFusername\r\n");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
