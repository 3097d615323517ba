package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            report.csv | report.csv | report.csv
            my report.csv | my report.csv | my%20report.csv
            résumé.csv | resume.csv | r%C3%A9sum%C3%A9.csv
            报告.csv | __.csv | %E6%8A%A5%E5%91%8A.csv
            a"b\\c/d.csv | a_b_c_d.csv | a_b_c_d.csv
            100%.csv | 100_.csv | 100%25.csv
            ＂x＼.csv | _x_.csv | %EF%BC%82x%EF%BC%BC.csv
            .. | .. | ..
            `` | artifact | artifact
            """)
    void a_name_is_given_in_full_and_in_ascii(String name, String plain, String encoded) {
        assertThat(ContentDisposition.attachment(name))
                .isEqualTo("attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    }

    @ParameterizedTest
    @CsvSource({ "13", "10", "0", "8238" })
    void a_name_cannot_add_a_header_or_turn_around(int character) {
        // Given
        var name = "a" + (char) character + "b.csv";

        // Then
        assertThat(ContentDisposition.attachment(name)).isEqualTo(ContentDisposition.attachment("a_b.csv"));
    }

    @ParameterizedTest
    @CsvSource({ "149", "150", "151" })
    void a_long_name_keeps_its_end(int length) {
        assertThat(ContentDisposition.attachment("😀".repeat(length) + ".csv"))
                .endsWith(".csv")
                .doesNotContain("%3F")
                .hasSizeLessThan(1000);
    }
}
