package org.openedx.aggregator.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({ "bytes=0-0,0,0", "bytes=2-4,2,4", "bytes=7-,7,9", "bytes=-3,7,9", "bytes=-30,0,9", "bytes=4-400,4,9",
            "bytes = 2-4,2,4", "bytes=0-999999999999999999,0,9" })
    void one_range_is_cut_to_what_there_is(String header, long first, long last) {
        assertThat(ByteRange.of(header, 10)).contains(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=1-2,4-5", "bytes=-", "bytes=", "bytes=4-2", "lines=1-2", "bytes=a-b", "",
            "bytes=0-9999999999999999999" })
    void several_ranges_and_what_is_none_are_ignored(String header) {
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "bytes=10-", "bytes=10-20", "bytes=-0" })
    void a_range_behind_the_end_is_refused(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, 10)).isInstanceOf(RangeNotSatisfiableException.class);
    }
}
