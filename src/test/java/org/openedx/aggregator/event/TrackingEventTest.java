package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.openedx.aggregator.event.JsonFormat.TRACKING;
import static org.openedx.aggregator.event.Records.json;
import static org.openedx.aggregator.event.TrackingEvent.COMPLETION;

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

class TrackingEventTest {

    private static final String COURSE = "course-v1:DemoX+CS101+2026";
    private static final String BLOCK = "block-v1:DemoX+CS101+2026+type@html+block@intro";
    private static final long MODIFIED = 1_777_896_000_123_456L;
    private static final BlockCompleted FACT = fact(COURSE, BLOCK, 0.5, MODIFIED);

    private static final String DATA = json("""
            {'user_id': 42, 'course_id': 'course-v1:DemoX+CS101+2026', 'completion': 0.5, 'block_type': 'html',
             'block_id': 'block-v1:DemoX+CS101+2026+type@html+block@intro', 'context_key': {'is': ['new']},
             'modified': '2026-05-04T12:00:00.123456+00:00', 'created': '2026-05-04T12:00:00.123456+00:00'}""");

    private final JsonFormat format = new JsonFormat();

    static Stream<Arguments> readable() {
        return Stream.of(
                arguments("JSON inside strings", "{'tracking_log': {'name': '%n', 'timestamp': '2026-05-04T12:00:01Z',"
                        + " 'data': %s, 'context': '{}'}}"),
                arguments("objects", "{'tracking_log': {'name': '%n', 'data': %d, 'context': {'user_id': 1}}}"),
                arguments("bare", "{'name': '%n', 'timestamp': '2026-05-04T12:00:01Z', 'data': %d, 'context': {}}"),
                arguments("bare with a string", "{'name': '%n', 'data': %s}"),
                arguments("a line of the tracking log",
                        "{'name': '%n', 'context': {'user_id': ''}, 'username': '', 'time': '2026-05-04T12:00:01Z',"
                                + " 'event_source': 'server', 'event_type': '%n', 'event': %d, 'page': null}"),
                arguments("the name after the data", "{'data': %d, 'context': {'a': [{'b': 1}]}, 'name': '%n'}"),
                arguments("the name after the data in a string", "{'event': %s, 'name': '%n', 'time': 'whatever'}"),
                arguments("an unknown member first", "{'extra': {'name': 'x', 'data': {}}, 'name': '%n', 'data': %d}"));
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                arguments("another name", "{'tracking_log': {'name': 'edx.video.played', 'data': '{}'}}"),
                arguments("a name like ours", "{'name': '%n.v2', 'data': %d}"),
                arguments("an event that is a string", "{'name': 'problem_check', 'event': 'input_1=choice_2&x=%20'}"),
                arguments("an event that is half a document", "{'event': '{\\'POST\\': {', 'name': 'problem_check'}"),
                arguments("an event that is a list", "{'event': [1, [2]], 'name': 'seq_goto', 'time': 'x'}"),
                arguments("data that would be wrong", "{'data': {'user_id': 'me', 'completion': 7}, 'name': 'other'}"),
                arguments("a legacy line without a name",
                        "{'username': 'x', 'event_type': '/courses/x/', 'event': '{\\'GET\\': {}}', 'page': null}"),
                arguments("a name that is null", "{'name': null, 'event_type': 'page_close', 'event': '{}'}"),
                arguments("a time that is a number", "{'name': 'page_close', 'time': 1777896000, 'event': '{}'}"));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments("{", "Malformed JSON"),
                arguments("", "empty"),
                arguments(" ", "Not a JSON object"),
                arguments("[]", "Not a JSON object"),
                arguments("null", "Not a JSON object"),
                arguments("'text'", "Not a JSON object"),
                arguments("{'name': '%n', 'data': %d} {}", "more after"),
                arguments("{'name': '%n', 'data': %d", "Malformed JSON"),
                arguments("{'name': '%n'}", "course_id is missing"),
                arguments("{'name': '%n', 'data': null}", "data is not an object"),
                arguments("{'name': '%n', 'data': 7}", "data is not an object"),
                arguments("{'name': '%n', 'data': []}", "data is not an object"),
                arguments("{'name': '%n', 'data': ''}", "Not a JSON object"),
                arguments("{'name': '%n', 'data': '[]'}", "Not a JSON object"),
                arguments("{'name': '%n', 'data': '{'}", "Malformed JSON"),
                arguments("{'data': '{', 'name': '%n'}", "Malformed JSON"),
                arguments("{'name': '%n', 'data': {'user_id': NaN}}", "Malformed JSON"),
                arguments("{'tracking_log': null}", "Not a JSON object"),
                arguments("{'tracking_log': '{}'}", "Not a JSON object"),
                arguments("{'tracking_log': {'data': %d}}", "name"),
                arguments("{'data': %d}", "name"),
                arguments("{}", "name"),
                arguments("{'a': ".repeat(200) + "1" + "}".repeat(200), "Malformed JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void a_completion_is_read_in_every_form(String form, String value) {
        // When
        var changes = format.read(Records.bare(filled(value)));

        // Then
        assertThat(changes).containsExactly(FACT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void a_completion_is_read_with_the_headers_of_the_event_bus(String form, String value) {
        // When
        var changes = format.read(Records.typed(TRACKING, COMPLETION, filled(value)));

        // Then
        assertThat(changes).containsExactly(FACT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreign")
    void any_other_tracking_event_says_nothing(String event, String value) {
        assertThat(format.read(Records.bare(filled(value)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_is_no_tracking_event_is_refused_with_a_reason(String value, String reason) {
        assertRefused(Records.bare(filled(value)), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = { "edx.video.played", "edx.completion.block_completion.changed.x", "problem.check" })
    void a_foreign_key_of_the_event_bus_spares_looking_at_the_value(String key) {
        assertThat(format.read(Records.typed(TRACKING, key, "\0 garbage"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "2026-05-04T12:00:00.200000+00:00", "{\"user_id\": 42.0}", "", "play_video",
            "\"edx.completion.block_completion.changed\"" })
    void a_key_that_is_no_name_says_nothing_about_the_value(String key) {
        assertThat(format.read(Records.typed(TRACKING, key, filled("{'name': '%n', 'data': %d}")))).containsExactly(FACT);
    }

    @ParameterizedTest
    @ValueSource(strings = { "john.doe", "lms-7c9d.example.com", "42" })
    void a_log_shipper_may_use_any_key(String key) {
        assertThat(format.read(Records.of("analytics", key, filled("{'name': '%n', 'event': %d}")))).containsExactly(FACT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'user_id': 42,           |                           | user_id is missing",
            "'user_id': 42            | 'user_id': '42'           | user_id is not an integer",
            "'user_id': 42            | 'user_id': 42.0           | user_id is not an integer",
            "'user_id': 42            | 'user_id': null           | user_id is not an integer",
            "'user_id': 42            | 'user_id': true           | user_id is not an integer",
            "'user_id': 42            | 'user_id': {'id': 42}     | user_id is not an integer",
            "'user_id': 42            | 'user_id': 0              | user id must be positive",
            "'user_id': 42            | 'user_id': -42            | user id must be positive",
            "'user_id': 42            | 'user_id': 9223372036854775808 | out of range",
            "'user_id': 42            | 'user_id': 1e2            | user_id is not an integer",
            "'completion': 0.5,       |                           | completion is missing",
            "'completion': 0.5        | 'completion': '1.0'       | completion is not a number",
            "'completion': 0.5        | 'completion': 'NaN'       | completion is not a number",
            "'completion': 0.5        | 'completion': null        | completion is not a number",
            "'completion': 0.5        | 'completion': true        | completion is not a number",
            "'completion': 0.5        | 'completion': [0.5]       | completion is not a number",
            "'completion': 0.5        | 'completion': NaN         | Malformed JSON",
            "'completion': 0.5        | 'completion': -0.1        | between 0.0 and 1.0",
            "'completion': 0.5        | 'completion': 1.1         | between 0.0 and 1.0",
            "'completion': 0.5        | 'completion': 1.0000000001 | between 0.0 and 1.0",
            "'completion': 0.5        | 'completion': 1e400       | between 0.0 and 1.0",
            "'course_id'              | 'course'                  | course_id is missing",
            "'course-v1:DemoX+CS101+2026' | ''                    | Not a course key",
            "'course-v1:DemoX+CS101+2026' | 'course-v1:DemoX+CS101' | Not a course key",
            "'course-v1:DemoX+CS101+2026' | 'course-v1:DemoX+😀+2026' | Not a course key",
            "'course-v1:DemoX+CS101+2026' | 17                    | course_id is not a string",
            "'block_id'               | 'block'                   | block_id is missing",
            "type@html+               |                           | Not a usage key",
            "block@intro              | block@in😀tro             | Not a usage key",
            "block@intro              | block@in tro              | Not a usage key",
            "'modified': '2026-05-04T12:00:00.123456+00:00' | 'modified': 1777896000 | modified is not a string",
            "'2026-05-04T12:00:00.123456+00:00', 'c | 'yesterday', 'c     | Not a time",
            "'2026-05-04T12:00:00.123456+00:00', 'c | '', 'c              | Not a time",
            "'2026-05-04T12:00:00.123456+00:00', 'c | '2026-05-04T12:00:00', 'c | Not a time",
            "'2026-05-04T12:00:00.123456+00:00', 'c | '2026-02-30T12:00:00Z', 'c | Not a time",
            "'2026-05-04T12:00:00.123456+00:00', 'c | '+12026-05-04T12:00:00Z', 'c | out of range",
            "'2026-05-04T12:00:00.123456+00:00', 'c | '-0001-05-04T12:00:00Z', 'c | out of range",
            "'2026-05-04T12:00:00.123456+00:00', 'c | '+999999999-05-04T12:00:00Z', 'c | out of range" })
    void wrong_data_is_refused_with_a_reason(String good, String bad, String reason) {
        // Given
        var data = DATA.replace(json(good), bad == null ? "" : json(bad));

        // Then
        assertThat(data).isNotEqualTo(DATA);
        assertRefused(Records.bare(json("{'name': '%n', 'data': ").replace("%n", COMPLETION) + data + "}"), reason);
        assertRefused(Records.bare(json("{'data': ") + data + json(", 'name': '%n'}").replace("%n", COMPLETION)), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "2026-05-04T12:00:00+00:00            | 1777896000000000",
            "2026-05-04T12:00:00Z                 | 1777896000000000",
            "2026-05-04T14:00:00.5+02:00          | 1777896000500000",
            "2026-05-04T12:00:00.123456789+00:00  | 1777896000123456",
            "2026-05-04T12:00Z                    | 1777896000000000",
            "1969-12-31T23:59:59.999999+00:00     | -1" })
    void times_are_read_to_the_microsecond(String time, long micros) {
        // When
        var changes = read(DATA.replace("2026-05-04T12:00:00.123456+00:00", time));

        // Then
        assertThat(changes).containsExactly(fact(COURSE, BLOCK, 0.5, micros));
    }

    @Test
    void without_a_modification_time_the_time_of_the_event_counts() {
        // Given
        var data = DATA.replace("modified", "changed");

        // When
        var timed = format.read(Records.bare(json("{'time': '2026-05-04T12:00:01Z', 'name': '%n', 'data': ")
                .replace("%n", COMPLETION) + data + "}"));
        var typed = format.read(Records.typed(TRACKING, null, json("{'name': '%n', 'data': ").replace("%n", COMPLETION)
                + data + "}", "ce_time", "2026-05-04T12:00:02+00:00"));

        // Then
        assertThat(timed).containsExactly(fact(COURSE, BLOCK, 0.5, 1_777_896_001_000_000L));
        assertThat(typed).containsExactly(fact(COURSE, BLOCK, 0.5, 1_777_896_002_000_000L));
        assertThat(read(data)).containsExactly(fact(COURSE, BLOCK, 0.5, 1_777_896_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "0.0", "1", "1.0", "1e0", "0.3333333333333333" })
    void completions_from_nothing_to_all_are_read(String completion) {
        assertThat(read(DATA.replace("0.5", completion)))
                .containsExactly(fact(COURSE, BLOCK, Double.parseDouble(completion), MODIFIED));
    }

    @Test
    void a_negative_zero_is_zero() {
        assertThat(read(DATA.replace("0.5", "-0.0"))).containsExactly(fact(COURSE, BLOCK, 0.0, MODIFIED));
    }

    @ParameterizedTest
    @CsvSource({
            "course-v1:DemoX+CS101+2026+branch@draft, block-v1:DemoX+CS101+2026+branch@draft+type@html+block@intro",
            "course-v1:DemoX+CS101+2026+version@519665f6223ebd6980884f2b,"
                    + "block-v1:DemoX+CS101+2026+version@519665f6223ebd6980884f2b+type@html+block@intro",
            "course-v1:DemoX+CS101+2026, i4x://DemoX/CS101/html/intro" })
    void branch_version_and_old_style_are_dropped(String course, String block) {
        assertThat(read(DATA.replace(COURSE + "\"", course + "\"").replace(BLOCK, block))).containsExactly(FACT);
    }

    @Test
    void a_block_of_a_deprecated_course_keeps_its_key() {
        assertThat(read(DATA.replace(COURSE + "\"", "edX/DemoX/Fall\"").replace(BLOCK, "i4x://edX/DemoX/html/a@draft")))
                .containsExactly(fact("edX/DemoX/Fall", "i4x://edX/DemoX/html/a", 0.5, MODIFIED));
    }

    @ParameterizedTest
    @ValueSource(strings = { "lib:DemoX:Slug", "library-v1:DemoX+Lib" })
    void what_happens_in_a_library_says_nothing(String library) {
        assertThat(read(DATA.replace(COURSE + "\"", library + "\"").replace(BLOCK, "lb:DemoX:Slug:html:a"))).isEmpty();
    }

    @Test
    void keys_of_255_characters_are_read_and_longer_ones_refused() {
        // Given
        var longest = BLOCK + "x".repeat(255 - BLOCK.length());

        // Then
        assertThat(read(DATA.replace(BLOCK, longest))).containsExactly(fact(COURSE, longest, 0.5, MODIFIED));
        assertRefused(completion(DATA.replace(BLOCK, longest + "x")), "Not a usage key");
    }

    private List<Change> read(String data) {
        return format.read(completion(data));
    }

    private static RawEvent completion(String data) {
        return Records.bare(json("{'name': '" + COMPLETION + "', 'data': ") + data + "}");
    }

    private void assertRefused(RawEvent event, String reason) {
        assertThatThrownBy(() -> format.read(event))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(reason);
    }

    private static String filled(String value) {
        var text = '"' + DATA.replace("\"", "\\\"").replace("\n", "\\n") + '"';
        return json(value).replace("%n", COMPLETION).replace("%d", DATA).replace("%s", text);
    }

    private static BlockCompleted fact(String course, String block, double completion, long modified) {
        return new BlockCompleted(42, new CourseKey(course), new UsageKey(block), OptionalDouble.of(completion), modified);
    }
}
