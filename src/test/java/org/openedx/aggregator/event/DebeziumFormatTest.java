package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.openedx.aggregator.event.Records.json;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.event.Change.BlockCompleted;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.registry.FakeRegistry;

class DebeziumFormatTest {

    private static final String TOPIC = "lms.openedx.completion_blockcompletion";
    private static final long MODIFIED = 1_777_896_000_123_456L;
    private static final long COMMITTED = 1_777_896_001_500_999L;

    private static final String COLUMNS = """
            'id': 981, 'created': 1777896000123456, 'modified': 1777896000123456, 'block_type': 'html',
            'course_key': 'course-v1:DemoX+CS101+2026', 'completion': 1.0, 'user_id': 42,
            'block_key': 'block-v1:DemoX+CS101+2026+type@html+block@intro'""";
    private static final String ROW = "{" + COLUMNS + "}";
    private static final String SOURCE = "'source': {'connector': 'mysql', 'ts_ms': 1777896001500, 'gtid': null}";

    private final DebeziumFormat format = Debezium.format(new FakeRegistry());

    static Stream<Arguments> completed() {
        return Stream.of(
                arguments("insert", "{'before': null, 'after': %r, %s, 'op': 'c', 'ts_ms': 1777896002000}"),
                arguments("update", "{'before': {'user_id': 42, 'completion': 0.0}, 'after': %r, %s, 'op': 'u'}"),
                arguments("snapshot", "{'op': 'r', 'after': %r, 'before': null, %s}"),
                arguments("in a schema envelope", "{'schema': {'type': 'struct', 'fields': [{'field': 'after'}]},"
                        + " 'payload': {'before': null, 'after': %r, %s, 'op': 'c'}}"),
                arguments("flat", "%r"),
                arguments("flat, told not to be deleted", "{%c, '__deleted': 'false', '__op': 'u'}"),
                arguments("flat in a schema envelope", "{'schema': {}, 'payload': {%c, '__deleted': false}}"));
    }

    static Stream<Arguments> deleted() {
        return Stream.of(
                arguments("delete", "{'before': %r, 'after': null, %s, 'op': 'd', 'ts_ms': 1777896002000}"),
                arguments("in a schema envelope", "{'schema': {}, 'payload': {'before': %r, 'op': 'd', %s}}"),
                arguments("flat", "{%c, '__deleted': 'true', '__op': 'd', '__source_ts_ms': 1777896001500}"),
                arguments("flat without an operation", "{%c, '__deleted': 'true', '__source_ts_ms': 1777896001500}"),
                arguments("flat with a real boolean", "{'__source_ts_ms': 1777896001500, '__deleted': true, %c}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("completed")
    void a_row_is_a_completion(String form, String value) {
        assertThat(read(value)).containsExactly(fact(OptionalDouble.of(1.0), MODIFIED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deleted")
    void a_deleted_row_is_a_deletion_when_it_was_committed(String form, String value) {
        assertThat(read(value)).containsExactly(fact(OptionalDouble.empty(), COMMITTED));
    }

    @Test
    void a_deletion_of_unknown_time_was_when_its_record_was_written() {
        assertThat(read("{'before': %r, 'op': 'd'}".replace("%r", ROW.replace("1777896000123456", "1777896000000000"))))
                .containsExactly(fact(OptionalDouble.empty(), Records.WRITTEN_AT * 1000 + 999));
    }

    @Test
    void a_deletion_is_never_older_than_what_it_deletes() {
        assertThat(read("{'before': %r, 'op': 'd', 'source': {'ts_ms': 1777895999500}}"))
                .containsExactly(fact(OptionalDouble.empty(), MODIFIED));
    }

    @Test
    void a_deletion_whose_second_alone_is_known_counts_from_its_end() {
        assertThat(read("{'before': %r, 'op': 'd', 'source': {'ts_ms': 1777896000000}}"))
                .containsExactly(fact(OptionalDouble.empty(), 1_777_896_000_999_999L));
    }

    @ParameterizedTest
    @CsvSource({ "1777896000123456, 1777896000123456", "1777896000123, 1777896000123000",
            "'2026-05-04T12:00:00.123456Z', 1777896000123456", "0, 0" })
    void times_come_as_microseconds_as_milliseconds_or_as_text(String written, long micros) {
        // Given
        var time = written.contains("T") ? "'" + written + "'" : written;

        // Then
        assertThat(read(ROW.replace("'modified': 1777896000123456", "'modified': " + time)))
                .containsExactly(fact(OptionalDouble.of(1.0), micros));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'op': 't', %s}", "{'op': 'm', 'message': {'prefix': 'x'}}", "{'op': 'x', 'after': %r}" })
    void other_operations_say_nothing(String value) {
        assertThat(read(value)).isEmpty();
    }

    @Test
    void the_tombstone_behind_a_deletion_says_nothing() {
        assertThat(format.read(Records.of(TOPIC, "{\"id\":981}", null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "lib:DemoX:Lib", "library-v1:DemoX+Lib" })
    void rows_of_libraries_say_nothing(String library) {
        assertThat(read(ROW.replace("course-v1:DemoX+CS101+2026", library))).isEmpty();
        assertThat(read("{'op': 'd', 'before': %r}".replace("%r", ROW.replace("course-v1:DemoX+CS101+2026", library))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'op': 'c', 'after': null}                    | is missing",
            "{'op': 'd', 'before': {'id': 981}}            | is missing",
            "{'op': 'd', 'before': null, 'after': null}    | is missing",
            "{}                                            | is missing",
            "{'schema': {}, 'payload': null}               | Not a JSON object",
            "{'op': 1}                                     | op is not a string",
            "{'op': 'd', 'source': {'ts_ms': 'x'}}         | ts_ms is not an integer",
            "{'op': 'd', 'before': %r, 'source': {'ts_ms': 9223372036854775807}} | out of range",
            "[]                                            | Not a JSON object",
            "{                                             | Malformed JSON" })
    void a_change_without_a_row_is_refused(String value, String reason) {
        assertRefused(value, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'user_id': 42     | 'user_id': null           | user_id is not an integer",
            "'user_id': 42     | 'user_id': 0              | user id must be positive",
            "'user_id': 42     | 'user_id': 4.2            | user_id is not an integer",
            "'user_id'         | 'user'                    | is missing",
            "'completion': 1.0 | 'completion': '1.0'       | completion is not a number",
            "'completion': 1.0 | 'completion': 1.5         | between 0.0 and 1.0",
            "'completion': 1.0 | 'completion': null        | completion is not a number",
            "'completion': 1.0,|                           | completion is missing",
            "'modified': 1777896000123456 | 'modified': 1.7e15 | modified is not an integer",
            "'modified': 1777896000123456 | 'modified': null   | modified is not an integer",
            "'modified': 1777896000123456 | 'modified': 9223372036854775807 | out of range",
            "'modified': 1777896000123456 | 'modified': -9223372036854775808 | out of range",
            "'modified': 1777896000123456 | 'modified': 'noon' | Not a time",
            "'modified': 1777896000123456,|                    | modified is missing",
            "'course-v1:DemoX+CS101+2026' | 'DemoX'            | Not a course key",
            "'course_key'      | 'course_id'               | course_key is missing",
            "type@html+        |                           | Not a usage key",
            "'block_key'       | 'block_id'                | block_key is missing" })
    void a_wrong_row_is_refused_with_a_reason(String good, String bad, String reason) {
        // Given
        var row = ROW.replace(good, bad == null ? "" : bad);

        // Then
        assertThat(row).isNotEqualTo(ROW);
        assertRefused(row, reason);
        assertRefused("{'op': 'u', 'after': " + row + "}", reason);
    }

    private List<Change> read(String value) {
        return format.read(Records.of(TOPIC, "{\"id\":981}", filled(value)));
    }

    private static String filled(String value) {
        return json(value.replace("%r", ROW).replace("%c", COLUMNS).replace("%s", SOURCE));
    }

    private void assertRefused(String value, String reason) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(reason);
    }

    private static BlockCompleted fact(OptionalDouble completion, long modified) {
        return new BlockCompleted(42, new CourseKey("course-v1:DemoX+CS101+2026"),
                new UsageKey("block-v1:DemoX+CS101+2026+type@html+block@intro"), completion, modified);
    }
}
