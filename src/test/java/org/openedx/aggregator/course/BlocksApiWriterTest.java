package org.openedx.aggregator.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.course.Keys.COURSE;
import static org.openedx.aggregator.course.Keys.block;
import static org.openedx.aggregator.course.Keys.structure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

class BlocksApiWriterTest {

    private static final String ID = "block-v1:Org+Math+2026+type@";

    @Test
    void the_canonical_form_has_a_fixed_order_and_leaves_out_what_is_absent() {
        // Given
        var html = new Block(Keys.key("html/a"), "html", "Hello", List.of(), Optional.of(CompletionMode.COMPLETABLE),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")), true, true, Map.of(51, List.of(2, 1), 50, List.of()),
                OptionalInt.of(-1), OptionalDouble.of(2.5));
        var structure = structure(html, block("course/course", "html/a"));

        // When
        var json = new String(BlocksApiWriter.write(structure), UTF_8);

        // Then
        assertThat(json).isEqualTo(("{'root':'" + ID + "course+block@course','blocks':{"
                + "'" + ID + "course+block@course':{'id':'" + ID + "course+block@course','type':'course',"
                + "'children':['" + ID + "html+block@a']},"
                + "'" + ID + "html+block@a':{'id':'" + ID + "html+block@a','type':'html','display_name':'Hello',"
                + "'completion_mode':'completable','start':'2026-01-01T00:00:00Z','visible_to_staff_only':true,"
                + "'optional_completion':true,'max_count':-1,'days_early_for_beta':2.5,'group_access':{'50':[],'51':[2,1]}}}}")
                .replace('\'', '"'));
    }

    @Test
    void any_course_is_read_as_it_was_written() {
        // Given
        var structures = new RandomStructures(20260401);

        for (int i = 0; i < 500; i++) {
            var structure = structures.next();

            // When
            var read = StructureUpload.fromBlocksApi(COURSE, BlocksApiWriter.write(structure), Limits.standard()).structure();

            // Then
            assertThat(read).isEqualTo(structure);
            assertThat(read.blocks().keySet()).containsExactlyElementsOf(structure.blocks().keySet());
            assertThat(read.contentHash()).isEqualTo(structure.contentHash()).matches("[0-9a-f]{64}");
        }
    }

    @Test
    void the_hash_ignores_order_of_the_map_white_space_unknown_fields_and_version() {
        // Given
        var tidy = """
                {"root": "R", "blocks": {"R": {"id": "R", "type": "course", "children": ["H"]}, "H": {"id": "H"}}}""";
        var wild = """
                {"version": "7", "blocks": {"H":{"type":"html","lms_web_url":"https://lms.example/","visible_to_staff_only":false},
                   "R":{"graded":{"a":[1]},"children":["H"]}}, "more":[{}],
                 "root": "R"}""";

        // When
        var hash = hash(wild);

        // Then
        assertThat(hash).isEqualTo(hash(tidy));
    }

    @Test
    void the_hash_tells_the_order_of_children_and_every_attribute() {
        // Given
        var plain = structure(block("course/course", "html/a", "html/b"), block("html/a"), block("html/b"));
        var swapped = structure(block("course/course", "html/b", "html/a"), block("html/a"), block("html/b"));
        var excluded = structure(block("course/course", "html/a", "html/b"), block("html/a"),
                block("html/b").withCompletionMode(CompletionMode.EXCLUDED));

        // When
        var hashes = List.of(plain.contentHash(), swapped.contentHash(), excluded.contentHash());

        // Then
        assertThat(hashes).doesNotHaveDuplicates();
    }

    private static String hash(String json) {
        var full = json.replace("\"R\"", '"' + ID + "course+block@course\"").replace("\"H\"", '"' + ID + "html+block@h\"");
        return StructureUpload.fromBlocksApi(COURSE, full.getBytes(UTF_8), Limits.standard()).structure().contentHash();
    }
}
