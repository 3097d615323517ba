package org.openedx.aggregator.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openedx.aggregator.course.Keys.COURSE;
import static org.openedx.aggregator.course.Keys.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksApiReaderTest {

    private static final String ROOT = Keys.ROOT.value();
    private static final String HTML = key("html/a").value();

    @Test
    void an_answer_of_the_lms_is_read_with_all_that_matters() {
        // Given
        var answer = """
                {"root":"R","version":"published-7","blocks":{
                  "R":{"id":"R","block_id":"course","type":"course","display_name":"Intro to CS",
                    "lms_web_url":"https://lms.example/jump_to","student_view_data":{"a":[{"b":null}]},
                    "start":"2026-01-01T00:00:00Z","visible_to_staff_only":false,"completion_mode":"aggregator","children":["H"]},
                  "H":{"id":"H","block_id":"a","type":"html","display_name":"Hello","completion_mode":"completable",
                    "start":"2026-02-01T01:00:00.5+01:00","visible_to_staff_only":true,"optional_completion":true,
                    "group_access":{"50":[1,2],"51":null},"max_count":2,"graded":true}}}""";

        // When
        var upload = read(answer);

        // Then
        var html = upload.structure().blocks().get(key("html/a"));
        assertThat(upload.version()).contains("published-7");
        assertThat(upload.structure().root()).isEqualTo(Keys.ROOT);
        assertThat(upload.structure().blocks().get(Keys.ROOT).children()).containsExactly(key("html/a"));
        assertThat(html.displayName()).isEqualTo("Hello");
        assertThat(html.completionMode()).contains(CompletionMode.COMPLETABLE);
        assertThat(html.start()).contains(Instant.parse("2026-02-01T00:00:00.500Z"));
        assertThat(html.visibleToStaffOnly()).isTrue();
        assertThat(html.optionalCompletion()).isTrue();
        assertThat(html.groupAccess()).isEqualTo(Map.of(50, List.of(1, 2)));
        assertThat(html.maxCount()).hasValue(2);
    }

    @Test
    void a_field_that_is_null_is_absent() {
        // When
        var upload = read("""
                {"version":null,"root":"R","blocks":{"R":{"id":null,"type":null,"display_name":null,"children":null,
                  "completion_mode":null,"start":null,"visible_to_staff_only":null,"optional_completion":null,
                  "group_access":null,"max_count":null}}}""");

        // Then
        assertThat(upload.version()).isEmpty();
        assertThat(upload.structure().blocks().get(Keys.ROOT)).isEqualTo(Keys.block("course/course"));
    }

    @Test
    void the_type_may_differ_from_the_key() {
        // When
        var upload = read(block("'type':'custom'"));

        // Then
        assertThat(upload.structure().blocks().get(key("html/a")).type()).isEqualTo("custom");
    }

    @ParameterizedTest
    @CsvSource({ "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00,2026-01-01T00:00:00Z",
            "2026-01-01T05:00-03:00,2026-01-01T08:00:00Z", "2026-01-01T05:00,2026-01-01T05:00:00Z",
            "2026-01-01,2026-01-01T00:00:00Z" })
    void a_start_may_have_any_of_the_platforms_forms(String text, Instant start) {
        // When
        var upload = read(block("'start':'" + text + "'"));

        // Then
        assertThat(upload.structure().blocks().get(key("html/a")).start()).contains(start);
    }

    @Test
    void half_a_character_becomes_a_question_mark() {
        // When
        var upload = read(block("'display_name':'a\\ud83d'"));

        // Then
        assertThat(upload.structure().blocks().get(key("html/a")).displayName()).isEqualTo("a?");
        assertThat(upload.structure().contentHash()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'children':'x'|children must be a list.",
            "'children':[1]|children must be a string.",
            "'children':['x']|children holds something else than a usage key: 'x'.",
            "'completion_mode':'done'|completion_mode must be completable, aggregator or excluded, not 'done'.",
            "'completion_mode':1|completion_mode must be a string.",
            "'display_name':{}|display_name must be a string.",
            "'group_access':[]|group_access must be an object.",
            "'group_access':{'a':[1]}|group_access has a partition that is not a number: 'a'.",
            "'group_access':{'1':1}|group_access must be a list.",
            "'group_access':{'1':['1']}|group_access must be an integer of 32 bits.",
            "'id':'block-v1:Org+Math+2026+type@html+block@b'|id is another one: 'block-v1:Org+Math+2026+type@html+block@b'.",
            "'max_count':1.0|max_count must be an integer of 32 bits.",
            "'max_count':9999999999|max_count must be an integer of 32 bits.",
            "'optional_completion':0|optional_completion must be true or false.",
            "'start':'soon'|start is not an ISO-8601 time: 'soon'.",
            "'start':1767225600|start must be a string.",
            "'type':7|type must be a string.",
            "'visible_to_staff_only':'true'|visible_to_staff_only must be true or false." })
    void a_field_of_a_wrong_type_is_refused_by_its_name_and_block(String field, String problem) {
        assertRefused(block(field), "Block " + HTML + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[]|The document: content must be an object.",
            "'text'|The document: content must be an object.",
            "{}|The document: root is missing.",
            "{'root':1}|The document: root must be a string.",
            "{'root':'x'}|The document: root holds something else than a usage key: 'x'.",
            "{'root':'R'}|The root block-v1:Org+Math+2026+type@course+block@course is not among the blocks.",
            "{'root':'R','blocks':[]}|The document: blocks must be an object.",
            "{'root':'R','blocks':{'x':{}}}|The document: blocks holds something else than a usage key: 'x'.",
            "{'root':'R','blocks':{'R':[]}}|The document: block-v1:Org+Math+2026+type@course+block@course must be an object.",
            "{'root':'R','blocks':{'R':{},'R':{}}}|The document: blocks lists block-v1:Org+Math+2026+type@course+block@course twice.",
            "{'version':7}|The document: version must be a string." })
    void a_document_of_another_shape_is_refused(String document, String problem) {
        assertRefused(document, problem);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "{", "{'root'}", "{'root':'R'", "{'root':'R','blocks':{'R':{}}} {}",
            "{'root':'R','blocks':{'R':{'a':[}}}", "nonsense", "{'a':'\u0001'}", "{'root':'R'}}" })
    void what_is_not_json_is_refused_without_names_of_classes(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(InvalidStructureException.class)
                .hasMessageStartingWith("JSON parse error - ")
                .hasMessageNotContainingAny("com.fasterxml", "java.", "Exception", "Stream", "REDACTED");
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        assertThatThrownBy(
                () -> StructureUpload.fromBlocksApi(COURSE, new byte[] { '{', '"', (byte) 0xff, '"' }, Limits.standard()))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageStartingWith("JSON parse error - ");
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThatThrownBy(() -> read("{'a':" + "[".repeat(100_000)))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageStartingWith("JSON parse error - ")
                .hasMessageNotContaining("getMax");
    }

    @Test
    void a_course_of_too_many_blocks_is_refused() {
        // Given
        var limits = Limits.standard().withMaxBlocks(10);

        // When
        ThrowingCallable read = () -> StructureUpload.fromBlocksApi(COURSE, flatCourse(10), limits);

        // Then
        assertThatThrownBy(read).isInstanceOf(StructureTooLargeException.class)
                .hasMessage("The course has more than 10 blocks.");
        assertThat(StructureUpload.fromBlocksApi(COURSE, flatCourse(9), limits).structure().blocks()).hasSize(10);
    }

    @Test
    void a_document_of_too_many_bytes_is_refused() {
        // Given
        var limits = new Limits(10, 20, 1, 1, 1, 1);

        // When
        ThrowingCallable read = () -> StructureUpload.fromBlocksApi(COURSE, new byte[21], limits);

        // Then
        assertThatThrownBy(read).isInstanceOf(StructureTooLargeException.class)
                .hasMessage("The document has more than 20 bytes.");
    }

    @Test
    void a_large_course_is_read_in_order() {
        // When
        var structure = StructureUpload.fromBlocksApi(COURSE, flatCourse(20_000), Limits.standard()).structure();

        // Then
        assertThat(structure.blocks()).hasSize(20_001);
        assertThat(structure.blocks().keySet()).startsWith(Keys.ROOT, key("html/0"), key("html/1")).endsWith(key("html/19999"));
    }

    private static byte[] flatCourse(int leaves) {
        var blocks = new ArrayList<Block>();
        blocks.add(Block.of(Keys.ROOT, IntStream.range(0, leaves).mapToObj(i -> key("html/" + i)).toList()));
        IntStream.range(0, leaves).mapToObj(i -> Keys.block("html/" + i)).forEach(blocks::add);
        return BlocksApiWriter.write(Keys.structure(blocks.toArray(Block[]::new)));
    }

    private static String block(String field) {
        return "{'root':'R','blocks':{'R':{'children':['H']},'H':{" + field + "}}}";
    }

    private static void assertRefused(String document, String message) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(InvalidStructureException.class).hasMessage(message);
    }

    private static StructureUpload read(String document) {
        var json = document.replace('\'', '"').replace("\"R\"", '"' + ROOT + '"').replace("\"H\"", '"' + HTML + '"');
        return StructureUpload.fromBlocksApi(COURSE, json.getBytes(UTF_8), Limits.standard());
    }
}
