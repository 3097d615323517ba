package org.openedx.aggregator.key;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.function.Function;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageKeyTest {

    /** The grammar written a second time, as slow and obvious patterns. */
    private static final Pattern VALID = Pattern.compile("""
            block-v1:ID\\+ID\\+ID(\\+branch@ID)?(\\+version@[a-fA-F0-9]{24})?\\+type@ID\\+block@ID
            |ccx-block-v1:ID\\+ID\\+ID(\\+branch@ID)?(\\+version@[a-fA-F0-9]{24})?\\+ccx@[0-9]+\\+type@ID\\+block@ID
            |i4x://OLD/OLD/NAME/NAME(@NAME)?
            """.replace("ID", "[\\p{L}\\p{M}\\p{N}_\\-~.:]+")
            .replace("OLD", "[\\p{L}\\p{M}\\p{N}_.%\\-]+")
            .replace("NAME", "[\\p{L}\\p{M}\\p{N}_\\-~.:%]+")
            .replace("\n", ""));

    @ParameterizedTest
    @CsvSource({
            "block-v1:edX+DemoX+2026+type@html+block@030e35c4756a4ddc8d40b95fbbfff4d4, html, 030e35c4756a4ddc8d40b95fbbfff4d4",
            "block-v1:Uni+Größe+2026+type@poll-x+block@Übung_1.a:b~c, poll-x, Übung_1.a:b~c",
            "block-v1:type+block+branch+type@type+block@block, type, block",
            "ccx-block-v1:edX+DemoX+2026+ccx@17+type@problem+block@p1, problem, p1",
            "i4x://edX/DemoX/sequential/Week_1, sequential, Week_1",
            "i4x://edX/Demo.X/video/50%25:a~b, video, 50%25:a~b"
    })
    void a_canonical_key_keeps_its_text_and_knows_its_block(String text, String blockType, String blockId) {
        // When
        var key = UsageKey.parse(text);

        // Then
        assertThat(key).hasToString(text);
        assertThat(key.value()).isSameAs(text);
        assertThat(key.blockType()).isEqualTo(blockType);
        assertThat(key.blockId()).isEqualTo(blockId);
    }

    @ParameterizedTest
    @CsvSource({
            "block-v1:o+c+r+branch@draft+type@html+block@x, block-v1:o+c+r+type@html+block@x",
            "block-v1:o+c+r+version@519665f6223ebd6980884f2b+type@html+block@x, block-v1:o+c+r+type@html+block@x",
            "block-v1:o+c+r+branch@b+version@519665f6223ebd6980884f2b+type@html+block@x, block-v1:o+c+r+type@html+block@x",
            "ccx-block-v1:o+c+r+branch@b+ccx@7+type@html+block@x, ccx-block-v1:o+c+r+ccx@7+type@html+block@x",
            "i4x://o/c/html/x@draft, i4x://o/c/html/x"
    })
    void branch_version_and_revision_are_dropped(String text, String canonical) {
        // When
        var key = UsageKey.parse(text);

        // Then
        assertThat(key).isEqualTo(UsageKey.parse(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {
            "x", "block-v1", "block-v1:", "block-v1:o+c+r", "block-v1:o+c+r+type@html", "block-v1:o+c+r+type@html+block@",
            "block-v1:o+c+r+type@+block@x", "block-v1:o+c+type@html+block@x", "block-v1:o+c+r+type@html+block@x+",
            "block-v1:o+c+r+type@html+block@x+type@html+block@x", "block-v1:o+c+r+type@html+block@x\n",
            "Block-v1:o+c+r+type@h+block@x",
            "block-v1:o+c+r+type@html+block@x ", " block-v1:o+c+r+type@html+block@x", "block-v1:o+c+r+type@html+block@x y",
            "block-v1:o+c+r+type@html+block@50%", "block-v1:o+c+r+type@ht%ml+block@x", "block-v1:o+c+r+type@html+block@😀",
            "block-v1:o+c+r+type@html+block@a/b", "block-v1:o+c+r+type@html+block@a@b", "block-v1:o+c+r+block@x+type@html",
            "block-v1:o+c+r+ccx@1+type@html+block@x", "block-v1:o+c+r+type@html+branch@b+block@x",
            "ccx-block-v1:o+c+r+type@html+block@x", "ccx-block-v1:o+c+r+ccx@1", "ccx-block-v1:o+c+r+ccx@a+type@html+block@x",
            "i4x://", "i4x://o/c/html", "i4x://o/c/html/", "i4x://o/c//x", "i4x:///c/html/x", "i4x://o//html/x",
            "i4x:/o/c/html/x",
            "i4x://o/c/html/x/y", "i4x://o/c/html/x@", "i4x://o/c/html/x@a@b", "i4x://o/c/html/x@a/b", "i4x://o/c/html/x\n",
            "i4x://o/c/ht ml/x", "i4x://o:p/c/html/x", "i4x://o/c/html/😀", "I4X://o/c/html/x", "/c4x/o/c/asset/x",
            "course-v1:o+c+r", "o/c/r", "lb:o:l:html:x", "lib-block-v1:o+l+type@html+block@x",
            "asset-v1:o+c+r+type@asset+block@x",
            "aside-usage-v2:block-v1$:o+c+r+type@html+block@x::aside", "def-v1:519665f6223ebd6980884f2b+type@html"
    })
    void whatever_is_not_a_usage_key_is_refused(String text) {
        // When
        var thrown = catchThrowable(() -> UsageKey.parse(text));

        // Then
        assertThat(thrown).isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "block-v1:o+c+r+block@x", "block-v1:version@519665f6223ebd6980884f2b+type@html+block@x" })
    void a_block_without_a_type_or_a_course_is_refused_although_opaque_keys_accepts_it(String text) {
        // When
        var thrown = catchThrowable(() -> UsageKey.parse(text));

        // Then
        assertThat(thrown).isInstanceOf(InvalidKeyException.class).hasMessage("Not a usage key: '" + text + "'.");
    }

    @Test
    void a_key_has_at_most_255_characters() {
        // Given
        var longest = "i4x://o/c/html/" + "ü".repeat(240);

        // When
        var key = UsageKey.parse(longest);
        var thrown = catchThrowable(() -> UsageKey.parse(longest + "ü"));

        // Then
        assertThat(key).hasToString(longest);
        assertThat(thrown).isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @CsvSource({
            "block-v1:o+c+r+type@html+block@x, course-v1:o+c+r",
            "block-v1:o+c+r+branch@b+type@html+block@x, course-v1:o+c+r",
            "ccx-block-v1:o+c+r+ccx@7+type@html+block@x, ccx-v1:o+c+r+ccx@7"
    })
    void a_new_style_key_names_its_course(String text, String course) {
        // When
        var named = UsageKey.parse(text).course();

        // Then
        assertThat(named).contains(CourseKey.parse(course));
    }

    @Test
    void a_deprecated_key_does_not_know_its_course() {
        // When
        var named = UsageKey.parse("i4x://o/c/html/x").course();

        // Then
        assertThat(named).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "block-v1:o+c+r+type@html+block@x, course-v1:o+c+r, true",
            "block-v1:o+c+r+type@html+block@x, course-v1:o+c+R, false",
            "block-v1:o+c+r2+type@html+block@x, course-v1:o+c+r, false",
            "block-v1:o+c+r+type@html+block@x, course-v1:o+c+r2, false",
            "block-v1:o+c+r+type@html+block@x, ccx-v1:o+c+r+ccx@1, false",
            "block-v1:o+c+r+type@html+block@x, o/c/r, false",
            "ccx-block-v1:o+c+r+ccx@1+type@html+block@x, ccx-v1:o+c+r+ccx@1, true",
            "ccx-block-v1:o+c+r+ccx@11+type@html+block@x, ccx-v1:o+c+r+ccx@1, false",
            "ccx-block-v1:o+c+r+ccx@1+type@html+block@x, course-v1:o+c+r, false",
            "i4x://o/c/html/x, o/c/r, true",
            "i4x://o/c/html/x, o/c/, true",
            "i4x://o/c2/html/x, o/c/r, false",
            "i4x://o2/c/html/x, o/c/r, false",
            "i4x://o/c/html/x, course-v1:o+c+r, false"
    })
    void a_block_belongs_to_exactly_its_course(String block, String course, boolean belongs) {
        // When
        var answer = UsageKey.parse(block).belongsTo(CourseKey.parse(course));

        // Then
        assertThat(answer).isEqualTo(belongs);
    }

    @ParameterizedTest
    @CsvSource({
            "block-v1:o+c+r+type@html+block@x, course-v1:o+c+r, block-v1:o+c+r+type@html+block@x",
            "block-v1:o+c+r+type@html+block@x, course-v1:o2+c2+r2, block-v1:o2+c2+r2+type@html+block@x",
            "block-v1:o+c+r+type@html+block@x, ccx-v1:o+c+r+ccx@1, ccx-block-v1:o+c+r+ccx@1+type@html+block@x",
            "ccx-block-v1:o+c+r+ccx@1+type@html+block@x, course-v1:o+c+r, block-v1:o+c+r+type@html+block@x",
            "block-v1:o+c+r+type@html+block@x, o/c/r, i4x://o/c/html/x",
            "i4x://o/c/html/x, course-v1:o+c+r, block-v1:o+c+r+type@html+block@x",
            "i4x://o/c/html/50%, o/c/r, i4x://o/c/html/50%",
            "i4x://o/c/html/50%, o2/c2/r2, i4x://o2/c2/html/50%"
    })
    void a_key_is_mapped_into_a_course(String block, String course, String mapped) {
        // When
        var key = UsageKey.parse(block).mapIntoCourse(CourseKey.parse(course));

        // Then
        assertThat(key).hasToString(mapped);
    }

    @Test
    void a_key_that_the_course_cannot_have_is_not_mapped() {
        // Given
        var percent = UsageKey.parse("i4x://o/c/html/50%");
        var longest = UsageKey.parse("i4x://o/c/html/" + "x".repeat(240));
        var course = CourseKey.parse("course-v1:o+c+r");

        // When
        var refusedPercent = catchThrowable(() -> percent.mapIntoCourse(course));
        var refusedLength = catchThrowable(() -> longest.mapIntoCourse(course));

        // Then
        assertThat(refusedPercent).isInstanceOf(InvalidKeyException.class);
        assertThat(refusedLength).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void parsing_a_canonical_text_again_changes_nothing() {
        // Given
        var texts = new RandomKeys(4).usages(6_000);

        // When
        var keys = texts.map(UsageKey::parse).toList();

        // Then
        assertThat(keys).hasSize(6_000).allSatisfy(key -> assertThat(UsageKey.parse(key.value())).isEqualTo(key));
        assertThat(keys).extracting(UsageKey::value)
                .noneMatch(value -> value.contains("branch@") || value.contains("version@"));
    }

    @Test
    void a_new_style_key_belongs_to_the_course_it_names_and_comes_back_from_another() {
        // Given
        var elsewhere = CourseKey.parse("course-v1:else+where+1");
        var keys = new RandomKeys(5).usages(6_000).map(UsageKey::parse).filter(key -> key.course().isPresent()).toList();

        // When
        var mapped = keys.stream().map(key -> key.mapIntoCourse(elsewhere).mapIntoCourse(key.course().orElseThrow())).toList();

        // Then
        assertThat(mapped).isEqualTo(keys);
        assertThat(keys).allMatch(key -> key.belongsTo(key.course().orElseThrow())).noneMatch(key -> key.belongsTo(elsewhere));
    }

    @Test
    void exactly_the_texts_of_the_grammar_are_accepted() {
        // Given
        var random = new RandomKeys(6);
        var texts = random.usages(30_000).map(random::mutated);

        // When
        var accepted = texts.collect(toMap(Function.identity(), UsageKeyTest::isAccepted, (one, same) -> one));

        // Then
        assertThat(accepted).containsValues(true, false);
        assertThat(accepted).allSatisfy((text, valid) -> assertThat(valid).isEqualTo(VALID.matcher(text).matches()));
    }

    private static boolean isAccepted(String text) {
        try {
            UsageKey.parse(text);
            return true;
        } catch (InvalidKeyException refused) {
            return false;
        }
    }
}
