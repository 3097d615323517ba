package org.openedx.aggregator.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.openedx.aggregator.course.Keys.COURSE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileExportTest {

    private static final int MEBI = 1 << 20;
    private static final Limits SMALL = new Limits(100, MEBI, 50, 8 * MEBI, 2 * MEBI, MEBI);

    @Test
    void a_small_archive_that_expands_without_end_is_too_large() {
        assertTooLarge(Export.ofCourse("").file("course/static/bomb.bin", new byte[9 * MEBI]),
                "The archive expands to more than 8388608 bytes.");
    }

    @Test
    void an_xml_file_is_not_read_beyond_its_limit() {
        assertTooLarge(Export.ofCourse("").file("course/html/bomb.xml", new byte[MEBI + 1]),
                "course/html/bomb.xml has more than 1048576 bytes.");
    }

    @Test
    void all_xml_files_together_have_a_limit() {
        assertTooLarge(Export.ofCourse("").file("course/html/a.xml", padded()).file("course/html/b.xml", padded())
                .file("course/html/c.xml", padded()), "The XML files of the archive have more than 2097152 bytes together.");
    }

    @Test
    void the_number_of_files_has_a_limit() {
        var export = Export.ofCourse("");
        for (int i = 0; i < 50; i++) {
            export.file("course/static/" + i, "");
        }
        assertTooLarge(export, "The archive has more than 50 files.");
    }

    @Test
    void the_number_of_blocks_has_a_limit() {
        assertTooLarge(Export.ofCourse("<html/>".repeat(101)), "The course has more than 100 blocks.");
        assertTooLarge(Export.ofCourse("<html/>".repeat(10_000)), "The course has more than 100 blocks.");
    }

    @Test
    void a_name_as_long_as_a_file_is_refused() {
        // Given
        var longName = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);

        // Then
        assertRefused(Export.ofCourse("").entry(longName, new byte[MEBI]),
                "The archive has a file whose description is too long.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "../etc/passwd", "course/../../etc/passwd", "course/..", "/etc/passwd", "course\\..\\x" })
    void a_file_outside_the_folder_is_refused(String name) {
        assertRefused(Export.ofCourse("").file(name, "x"), "The archive has a file outside its folder: '" + name + "'.");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void a_link_is_refused(boolean symbolic) {
        assertRefused(Export.ofCourse("").link("course/html/x.xml", "/etc/passwd", symbolic),
                "The archive has a link or a special file: 'course/html/x.xml'.");
    }

    @ParameterizedTest
    @ValueSource(bytes = { TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO })
    void a_device_is_refused(byte type) {
        assertRefused(Export.ofCourse("").entry(new TarArchiveEntry("course/dev", type), new byte[0]),
                "The archive has a link or a special file: 'course/dev'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<!DOCTYPE course [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><course><html>&x;</html></course>",
            "<!DOCTYPE course SYSTEM 'http://127.0.0.1:1/evil.dtd'><course/>",
            "<!DOCTYPE course [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><course><html>&b;</html></course>",
            "<course><html>&undeclared;</html></course>" })
    void a_document_type_or_an_entity_is_refused_and_not_followed(String xml) {
        assertRefused(Export.empty().file("course/course.xml", xml),
                "course/course.xml has a document type or an entity; an export has neither.");
    }

    @Test
    void an_entity_in_an_attribute_is_refused() {
        assertRefused(Export.empty().file("course/course.xml", "<course org='&x;'/>"),
                "course/course.xml is not well-formed XML at line 1.");
    }

    @Test
    void nesting_without_end_inside_one_file_is_refused() {
        assertRefused(Export.ofCourse("<vertical>".repeat(100_000)),
                "course/course/2026.xml nests elements more than 150 levels deep.");
    }

    @Test
    void nesting_without_end_over_many_files_is_refused() {
        // Given
        var export = Export.ofCourse("<vertical url_name='v0'/>");
        for (int i = 0; i < 2_000; i++) {
            export.file("course/vertical/v" + i + ".xml", "<vertical><vertical url_name='v" + (i + 1) + "'/></vertical>");
        }
        export.file("course/vertical/v2000.xml", "<vertical/>");

        // When
        var refusal = catchThrowable(() -> StructureUpload.fromOlx(COURSE, export.pack(), Limits.standard()));

        // Then
        assertThat(refusal).isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("nested more than 1000 levels deep");
    }

    @Test
    void two_files_of_one_name_are_refused() {
        assertRefused(Export.ofCourse("").file("course/html/x.xml", "<html/>").file("course/html/x.xml", "<html/>"),
                "The archive has two files named 'course/html/x.xml'.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "not an archive", "{\"root\":\"x\"}" })
    void what_is_no_archive_is_refused(String content) {
        assertThatThrownBy(() -> StructureUpload.fromOlx(COURSE, content.getBytes(UTF_8), SMALL))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessage("The archive is not a complete .tar.gz file.");
    }

    @Test
    void an_archive_cut_short_anywhere_is_refused() {
        // Given
        var whole = Export.ofCourse("<html url_name='x'/>").pack();

        for (int length = 0; length < whole.length; length++) {
            var part = Arrays.copyOf(whole, length);

            // When
            var refusal = catchThrowable(() -> StructureUpload.fromOlx(COURSE, part, SMALL));

            // Then
            assertThat(refusal).isInstanceOf(InvalidStructureException.class);
        }
    }

    @Test
    void a_damaged_archive_never_fails_in_another_way() {
        // Given
        var random = new Random(7);
        var tar = gunzip(Export.ofCourse("<vertical url_name='v'><html url_name='x'/></vertical>")
                .file("course/html/" + "long/".repeat(40) + "x.xml", "<html filename='x'/>").pack());

        for (int i = 0; i < 3_000; i++) {
            var damaged = tar.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(tar.length)] = (byte) random.nextInt(256);
            }

            // When
            var failure = catchThrowable(() -> StructureUpload.fromOlx(COURSE, gzip(damaged), SMALL));

            // Then
            assertThat(failure).satisfiesAnyOf(
                    thrown -> assertThat(thrown).isNull(),
                    thrown -> assertThat(thrown).isInstanceOf(InvalidStructureException.class),
                    thrown -> assertThat(thrown).isInstanceOf(StructureTooLargeException.class));
        }
    }

    private static byte[] padded() {
        var xml = new byte[MEBI];
        Arrays.fill(xml, (byte) ' ');
        System.arraycopy("<html/>".getBytes(UTF_8), 0, xml, 0, 7);
        return xml;
    }

    private static byte[] gunzip(byte[] archive) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] tar) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(tar);
        }
        return bytes.toByteArray();
    }

    private static void assertRefused(Export export, String message) {
        assertThatThrownBy(() -> StructureUpload.fromOlx(COURSE, export.pack(), SMALL))
                .isInstanceOf(InvalidStructureException.class).hasMessage(message);
    }

    private static void assertTooLarge(Export export, String message) {
        assertThatThrownBy(() -> StructureUpload.fromOlx(COURSE, export.pack(), SMALL))
                .isInstanceOf(StructureTooLargeException.class).hasMessage(message);
    }
}
