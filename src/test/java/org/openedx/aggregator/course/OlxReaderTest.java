package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openedx.aggregator.course.Keys.COURSE;
import static org.openedx.aggregator.course.Keys.key;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

class OlxReaderTest {

    @Test
    void files_are_put_together_to_a_course_whatever_their_order() {
        // Given
        var export = Export.empty()
                .entry(new TarArchiveEntry("course/"), new byte[0])
                .file("course/html/a.xml", "<html filename='a' display_name='Hello'/>")
                .file("course/vertical/v.xml",
                        "<vertical display_name='Unit'><problem url_name='p'/><html url_name='a'/></vertical>")
                .file("course/sequential/s.xml", "<sequential><vertical url_name='v'/></sequential>")
                .file("course/chapter/c.xml", "<chapter><sequential url_name='s'/></chapter>")
                .file("course/course/2026.xml", "<course display_name='Mathematics'><chapter url_name='c'/></course>")
                .file("course/course.xml", "<course url_name='2026' org='Org' course='Math'/>");

        // When
        var structure = read(export);

        // Then
        assertThat(structure.root()).isEqualTo(Keys.ROOT);
        assertThat(structure.blocks().keySet()).containsExactly(Keys.ROOT, key("chapter/c"), key("sequential/s"),
                key("vertical/v"), key("problem/p"), key("html/a"));
        assertThat(structure.blocks().values()).extracting(Block::displayName)
                .containsExactly("Mathematics", "", "", "Unit", "", "Hello");
    }

    @Test
    void attributes_are_read_as_the_platform_reads_them() {
        // When
        var block = block(
                "<library_content url_name='x' display_name='&quot;Quoted&quot;' start='&quot;2020-01-01T00:00:00Z&quot;'"
                        + " visible_to_staff_only='true' optional_completion='True' group_access='{&quot;50&quot;: [1, 2]}' max_count='3'/>",
                "library_content/x");

        // Then
        assertThat(block.displayName()).isEqualTo("Quoted");
        assertThat(block.start()).contains(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(block.visibleToStaffOnly()).isTrue();
        assertThat(block.optionalCompletion()).isTrue();
        assertThat(block.groupAccess()).isEqualTo(Map.of(50, List.of(1, 2)));
        assertThat(block.maxCount()).hasValue(3);
        assertThat(block.completionMode()).isEmpty();
    }

    @Test
    void an_attribute_that_is_null_is_absent() {
        // When
        var block = block("<html url_name='x' display_name='null' start='null' visible_to_staff_only='null' group_access='null'"
                + " max_count='null'/>", "html/x");

        // Then
        assertThat(block).isEqualTo(Keys.block("html/x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "start='soon'|start is not an ISO-8601 time: 'soon'.",
            "group_access='{'|group_access is not JSON: '{'.",
            "group_access='[]'|group_access must be an object.",
            "max_count='many'|max_count is not a number: 'many'." })
    void an_attribute_of_a_wrong_type_is_refused(String attribute, String problem) {
        assertThatThrownBy(() -> read(Export.ofCourse("<html url_name='x' " + attribute + "/>")))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessage("Block " + key("html/x").value() + ": " + problem);
    }

    @Test
    void what_a_component_has_inside_is_no_block() {
        // When
        var structure = read(Export.ofCourse(
                """
                        <vertical url_name='v'>
                          <problem url_name='p' display_name='Inline'><p>2 + 2</p><optionresponse><optioninput url_name='o'/></optionresponse></problem>
                          <openassessment url_name='ora'><title>Peers</title><rubric><criterion><option points='0'/></criterion></rubric></openassessment>
                          <poll url_name='q' xblock-family='xblock.v1' answers='[]'/>
                          <aside xblock-family='xblock_asides.v1' url_name='aside'/>
                          <o:option xmlns:o='http://code.edx.org/xblock/option' name='x'/>
                          <wrapper url_name='w'><html url_name='h'>Hello</html></wrapper>
                        </vertical>"""));

        // Then
        assertThat(structure.blocks().keySet()).containsExactly(Keys.ROOT, key("vertical/v"), key("problem/p"),
                key("openassessment/ora"), key("poll/q"), key("wrapper/w"), key("html/h"));
    }

    @Test
    void a_component_that_holds_components_keeps_them() {
        // When
        var structure = read(Export.ofCourse("""
                <problem-builder url_name='b' xblock-family='xblock.v1'>
                  <pb-mcq url_name='m' xblock-family='xblock.v1'/><html url_name='h'/><pb-tip url_name='t'/>
                </problem-builder>""").file("course/html/h.xml", "<html filename='h'/>"));

        // Then
        assertThat(structure.blocks().keySet()).containsExactly(Keys.ROOT, key("problem-builder/b"), key("pb-mcq/m"),
                key("html/h"));
    }

    @Test
    void a_block_without_a_name_is_named_after_its_content() {
        // Given
        var html = "<html display_name='A'>some <b>text</b></html>";

        // When
        var first = read(Export.ofCourse("<vertical url_name='v'>" + html + "</vertical>"));
        var second = read(Export.ofCourse("<vertical url_name='v'><html>other</html>" + html + html + "</vertical>"));

        // Then
        var name = first.blocks().get(key("vertical/v")).children().get(0);
        assertThat(name.value()).matches(".*\\+type@html\\+block@html_[0-9a-f]{12}");
        assertThat(second.blocks().get(key("vertical/v")).children()).hasSize(3)
                .endsWith(name, UsageKey.parse(name.value() + "_2"));
    }

    @Test
    void drafts_policies_and_static_files_are_ignored() {
        // Given
        var export = Export.ofCourse("<html url_name='x'/>")
                .file("course/drafts/vertical/d.xml", "<vertical")
                .file("course/policies/2026/policy.json", "{")
                .file("course/policies/assets.xml", "<")
                .file("course/static/chart.xml", "<!DOCTYPE html><html/>")
                .file("course/html/x.html", "<p>")
                .file("course/html/._x.xml", "\u0000")
                .file("course/tags.csv", "a,b");

        // When
        var structure = read(export);

        // Then
        assertThat(structure.blocks()).hasSize(2);
    }

    @Test
    void a_colon_in_a_name_is_a_folder() {
        // When
        var structure = read(Export.ofCourse("<html url_name='week1:intro'/>")
                .file("course/html/week1/intro.xml", "<html filename='x' display_name='Intro'/>"));

        // Then
        assertThat(structure.blocks().get(key("html/week1:intro")).displayName()).isEqualTo("Intro");
    }

    @Test
    void a_byte_order_mark_is_skipped_and_text_is_unicode() {
        // When
        var structure = read(
                Export.ofCourse("<html url_name='x'/>").file("course/html/x.xml", "\ufeff<html display_name='Größe'/>"));

        // Then
        assertThat(structure.blocks().get(key("html/x")).displayName()).isEqualTo("Größe");
    }

    @Test
    void bytes_that_are_not_unicode_are_refused() {
        assertThatThrownBy(
                () -> read(Export.ofCourse("").file("course/html/x.xml", new byte[] { '<', 'a', (byte) 0xff, '/', '>' })))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessage("course/html/x.xml is not well-formed XML.");
    }

    @Test
    void a_block_below_two_parents_is_one_block() {
        // When
        var structure = read(Export.ofCourse("<vertical url_name='v'><html url_name='x'/></vertical>"
                + "<vertical url_name='w'><html url_name='x'/></vertical>"));

        // Then
        assertThat(structure.blocks()).hasSize(4);
    }

    @Test
    void a_deprecated_course_has_deprecated_keys() {
        // When
        var structure = StructureUpload.fromOlx(CourseKey.parse("Org/Math/2026"),
                Export.ofCourse("<html url_name='x'/>").pack(), Limits.standard()).structure();

        // Then
        assertThat(structure.blocks().keySet()).extracting(UsageKey::value)
                .containsExactly("i4x://Org/Math/course/2026", "i4x://Org/Math/html/x");
    }

    @Test
    void an_export_of_another_course_is_refused() {
        assertThatThrownBy(() -> StructureUpload.fromOlx(CourseKey.parse("course-v1:Org+Math+2027"),
                Export.ofCourse("").pack(), Limits.standard()))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessage("The archive holds the course 'course-v1:Org+Math+2026', not course-v1:Org+Math+2027.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "<vertical url_name='v'/>|Block block-v1:Org+Math+2026+type@vertical+block@v: the archive lacks its file 'course/vertical/v.xml'.",
            "<html url_name='x'>a</html><html url_name='x'>b</html>|Block block-v1:Org+Math+2026+type@html+block@x is defined twice.",
            "<html url_name='x'/><html url_name='x'/>|Block block-v1:Org+Math+2026+type@course+block@course names a child twice: block-v1:Org+Math+2026+type@html+block@x.",
            "<html url_name='a b'/>|The element 'html' named 'a b' cannot be a block: its name does not fit into a usage key.",
            "<vertical>|course/course/2026.xml is not well-formed XML at line 1." })
    void an_inconsistent_export_is_refused(String children, String problem) {
        assertThatThrownBy(() -> read(Export.ofCourse(children)))
                .isInstanceOf(InvalidStructureException.class).hasMessage(problem);
    }

    @Test
    void a_file_that_contains_itself_is_refused() {
        assertThatThrownBy(() -> read(Export.ofCourse("<vertical url_name='v'/>")
                .file("course/vertical/v.xml", "<vertical><vertical url_name='v'/></vertical>")))
                .isInstanceOf(InvalidStructureException.class).hasMessageEndingWith("block@v contains itself.");
    }

    @Test
    void an_archive_without_a_course_is_refused() {
        assertThatThrownBy(() -> read(Export.empty().file("library/library.xml", "<library/>")))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessage("The archive must have one course.xml, in its top folder; it has 0.");
    }

    private static Block block(String element, String key) {
        return read(Export.ofCourse(element)).blocks().get(key(key));
    }

    private static CourseStructure read(Export export) {
        return StructureUpload.fromOlx(COURSE, export.pack(), Limits.standard()).structure();
    }
}
