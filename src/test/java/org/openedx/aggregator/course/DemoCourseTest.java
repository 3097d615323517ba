package org.openedx.aggregator.course;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.key.CourseKey;

/** Reads the export of a real course, which lies beside the project where it is available. */
class DemoCourseTest {

    private static final Path ARCHIVE = Path.of("../shared/data/demo-course.tar.gz");
    private static final CourseKey COURSE = CourseKey.parse("course-v1:OpenedX+DemoX+DemoCourse");

    private static CourseStructure structure;

    @BeforeAll
    static void readArchive() throws IOException {
        assumeTrue(Files.exists(ARCHIVE), "The demo course is not at " + ARCHIVE.toAbsolutePath());
        structure = StructureUpload.fromOlx(COURSE, Files.readAllBytes(ARCHIVE), Limits.standard()).structure();
    }

    /**
     * Counted by hand in the files: 23 problems stand in units and 6 in the bank of the one {@code library_content}; only the
     * inline components, from {@code discussion} on, have no file of their own.
     */
    @Test
    void every_block_is_found_once() {
        // When
        var counts = structure.blocks().values().stream().collect(groupingBy(Block::type, TreeMap::new, counting()));

        // Then
        assertThat(counts).isEqualTo(Map.ofEntries(
                Map.entry("course", 1L), Map.entry("chapter", 6L), Map.entry("sequential", 17L), Map.entry("vertical", 58L),
                Map.entry("html", 266L), Map.entry("problem", 29L), Map.entry("video", 11L), Map.entry("lti", 2L),
                Map.entry("annotatable", 1L), Map.entry("library_content", 1L),
                Map.entry("discussion", 1L), Map.entry("done", 1L), Map.entry("drag-and-drop-v2", 1L),
                Map.entry("edx_sga", 1L), Map.entry("openassessment", 2L), Map.entry("poll", 1L),
                Map.entry("staffgradedxblock", 1L), Map.entry("survey", 1L)));
    }

    @Test
    void the_course_keeps_its_title_and_start() {
        // When
        var course = structure.blocks().get(structure.root());

        // Then
        assertThat(course.key().value()).isEqualTo("block-v1:OpenedX+DemoX+DemoCourse+type@course+block@course");
        assertThat(course.displayName()).isEqualTo("Open edX Demo Course");
        assertThat(course.start()).contains(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(course.children()).hasSize(6);
    }

    @Test
    void a_learner_is_given_two_of_the_six_problems_of_the_library() {
        // When
        var library = ofType("library_content").get(0);

        // Then
        assertThat(library.children()).hasSize(6).allMatch(child -> child.blockType().equals("problem"));
        assertThat(library.maxCount()).hasValue(2);
    }

    @Test
    void two_pages_are_for_one_content_group_each() {
        // When
        var restricted = ofType("html").stream().map(Block::groupAccess).filter(access -> !access.isEmpty()).toList();

        // Then
        assertThat(restricted).containsExactlyInAnyOrder(Map.of(18587404, List.of(1819362822)),
                Map.of(18587404, List.of(205150518)));
    }

    @Test
    void every_type_of_it_is_known_to_a_stock_installation() {
        assertThat(structure.blocks().values()).allMatch(block -> ModeTable.stock().byType().containsKey(block.type()));
    }

    @Test
    void it_survives_the_way_through_the_shape_of_the_blocks_api() {
        // When
        var read = StructureUpload.fromBlocksApi(COURSE, BlocksApiWriter.write(structure), Limits.standard()).structure();

        // Then
        assertThat(read).isEqualTo(structure);
        assertThat(read.contentHash()).isEqualTo(structure.contentHash());
    }

    private static List<Block> ofType(String type) {
        return structure.blocks().values().stream().filter(block -> block.type().equals(type)).toList();
    }
}
