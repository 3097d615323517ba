package org.openedx.aggregator.key;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CourseKeyTest {

    /** The grammar written a second time, as slow and obvious patterns. */
    private static final Pattern VALID = Pattern.compile("""
            course-v1:ID\\+ID\\+ID(\\+branch@ID)?(\\+version@[a-fA-F0-9]{24})?
            |ccx-v1:ID\\+ID\\+ID(\\+branch@ID)?(\\+version@[a-fA-F0-9]{24})?\\+ccx@[0-9]+
            |OLD+/OLD+/OLD*
            """.replace("ID", "[\\p{L}\\p{M}\\p{N}_\\-~.:]+").replace("OLD", "[\\p{L}\\p{M}\\p{N}_.%\\-]").replace("\n", ""));

    @ParameterizedTest
    @CsvSource({
            "course-v1:edX+DemoX+2026, edX, DemoX, 2026",
            "course-v1:Uni+Größe+2026, Uni, Größe, 2026",
            "course-v1:大学+Матан+हिन्दी_٣, 大学, Матан, हिन्दी_٣",
            "course-v1:𐐀+c+r, 𐐀, c, r",
            "course-v1:mit.eecs+6.002x+T2~2014:a-b_c, mit.eecs, 6.002x, T2~2014:a-b_c",
            "ccx-v1:edX+DemoX+2026+ccx@17, edX, DemoX, 2026",
            "edX/DemoX/2012_Fall, edX, DemoX, 2012_Fall",
            "edX/Demo.X/100%-free, edX, Demo.X, 100%-free",
            "edX/DemoX/, edX, DemoX, ''",
            "a/b/c, a, b, c"
    })
    void a_canonical_key_keeps_its_text_and_knows_its_parts(String text, String org, String course, String run) {
        // When
        var key = CourseKey.parse(text);

        // Then
        assertThat(key).hasToString(text);
        assertThat(key.value()).isSameAs(text);
        assertThat(key.org()).isEqualTo(org);
        assertThat(key.course()).isEqualTo(course);
        assertThat(key.run()).isEqualTo(run);
    }

    @ParameterizedTest
    @CsvSource({
            "course-v1:o+c+r+branch@draft, course-v1:o+c+r",
            "course-v1:o+c+r+version@519665f6223ebd6980884f2b, course-v1:o+c+r",
            "course-v1:o+c+r+branch@draft-branch+version@519665F6223EBD6980884F2B, course-v1:o+c+r",
            "ccx-v1:o+c+r+branch@draft+version@519665f6223ebd6980884f2b+ccx@7, ccx-v1:o+c+r+ccx@7"
    })
    void branch_and_version_are_dropped(String text, String canonical) {
        // When
        var key = CourseKey.parse(text);

        // Then
        assertThat(key).isEqualTo(CourseKey.parse(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({ "course-v1:o+c+r, false, false", "ccx-v1:o+c+r+ccx@1, false, true", "o/c/r, true, false",
            "o/c/, true, false" })
    void a_key_knows_its_kind(String text, boolean deprecated, boolean ccx) {
        // When
        var key = CourseKey.parse(text);

        // Then
        assertThat(key.isDeprecated()).isEqualTo(deprecated);
        assertThat(key.isCcx()).isEqualTo(ccx);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {
            "x", "edX", ":", "+", "/", "//", "course-v1", "course-v1:", "course-v1:o", "course-v1:o+c", "course-v1:o+c+",
            "course-v1:+c+r", "course-v1:o++r", "course-v1:o+c+r+", "course-v1:o+c+r+x", "course-v1:o c r", "Course-V1:o+c+r",
            "course-v2:o+c+r", "xcourse-v1:o+c+r", "course-v1:course-v1:o+c", "course-v1:o/c/r", "course-v1:o+c+r%20",
            "course-v1:o+c+r\n", "\ncourse-v1:o+c+r", "course-v1:o+c+r ", " course-v1:o+c+r", "course-v1:o+c x+r",
            "course-v1:o+c+r\t", "course-v1:o+c+\u00a0r", "course-v1:o+c+r\u2028", "course-v1:o+c+r\u0000", "course-v1:o+c+😀",
            "course-v1:o+c+€", "course-v1:o+c+\ud800", "course-v1:o+c+\udc00", "course-v1:o+c+r?", "course-v1:o+c+r#",
            "course-v1:o+c+r+branch@", "course-v1:o+c+r+branch@d@e", "course-v1:o+c+r+version@", "course-v1:o+c+r+version@abc",
            "course-v1:o+c+r+version@519665f6223ebd6980884f2b0", "course-v1:o+c+r+version@519665f6223ebd698088４f2b",
            "course-v1:o+c+r+version@519665f6223ebd6980884f2b+branch@b", "course-v1:version@519665f6223ebd6980884f2b",
            "course-v1:o+c+branch@b", "course-v1:o+c+r+ccx@1", "course-v1:o+c+r+type@html", "course-v1:o+c+r+block@x",
            "ccx-v1:o+c+r", "ccx-v1:o+c+r+ccx@", "ccx-v1:o+c+r+ccx@x", "ccx-v1:o+c+r+ccx@٣", "ccx-v1:o+c+r+ccx@1+branch@b",
            "o/c", "o/c/r/", "o/c/r/x", "/c/r", "o//r", "o/c/r\n", "o/c/r x", "o:x/c/r", "o+x/c/r", "o/c/r~", "o/c/😀",
            "i4x://o/c/html/x", "/c4x/o/c/x", "block-v1:o+c+r+type@html+block@x", "library-v1:o+l", "lib:o:l", "lb:o:l:html:x"
    })
    void whatever_is_not_a_course_key_is_refused(String text) {
        // When
        var thrown = catchThrowable(() -> CourseKey.parse(text));

        // Then
        assertThat(thrown).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void a_block_behind_a_course_key_is_refused_although_opaque_keys_drops_it() {
        // Given
        var text = "course-v1:o+c+r+type@html+block@x";

        // When
        var thrown = catchThrowable(() -> CourseKey.parse(text));

        // Then
        assertThat(thrown).isInstanceOf(InvalidKeyException.class).hasMessage("Not a course key: '" + text + "'.");
    }

    @Test
    void the_constructor_checks_and_drops_as_parse_does() {
        // When
        var key = new CourseKey("course-v1:o+c+r+branch@draft");

        // Then
        assertThat(key).isEqualTo(CourseKey.parse("course-v1:o+c+r"));
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> new CourseKey("x"));
    }

    @Test
    void keys_differ_by_case_and_by_kind() {
        // Given
        var key = CourseKey.parse("course-v1:o+c+r");

        // Then
        assertThat(key).isNotEqualTo(CourseKey.parse("course-v1:o+C+r"));
        assertThat(key).isNotEqualTo(CourseKey.parse("o/c/r"));
        assertThat(key).isNotEqualTo(CourseKey.parse("ccx-v1:o+c+r+ccx@1"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "é", "𐐀" })
    void a_key_has_at_most_255_characters_however_many_bytes_they_take(String character) {
        // Given
        var longest = "course-v1:o+c+" + character.repeat(241);

        // When
        var key = CourseKey.parse(longest);
        var thrown = catchThrowable(() -> CourseKey.parse(longest + character));

        // Then
        assertThat(key).hasToString(longest);
        assertThat(thrown).isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "+", "/", "a+", "a/", "+branch@b", ":", "\n", "😀" })
    void megabytes_are_refused_at_once(String piece) {
        // Given
        var text = "course-v1:" + piece.repeat(5_000_000 / piece.length());
        var started = System.nanoTime();

        // When
        var thrown = catchThrowable(() -> CourseKey.parse(text));
        var elapsed = Duration.ofNanos(System.nanoTime() - started);

        // Then
        assertThat(thrown).isInstanceOf(InvalidKeyException.class);
        assertThat(elapsed).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void the_message_quotes_a_hundred_characters_on_one_line() {
        // Given
        var text = "x\n😀" + "y".repeat(1000);

        // When
        var thrown = catchThrowable(() -> CourseKey.parse(text));

        // Then
        assertThat(thrown).hasMessage("Not a course key: 'x?😀" + "y".repeat(97) + "'.");
    }

    @ParameterizedTest
    @CsvSource(value = {
            "library-v1:o+l, true", "library-v1:o+l+branch@library, true", "lib:o:l, true", "lb:o:l:html:x, false",
            "course-v1:o+c+r, false", "o/c/r, false", "library, false", "Lib:o:l, false", "'', false", "NULL, false"
    }, nullValues = "NULL")
    void a_library_is_told_from_garbage(String text, boolean library) {
        // When
        var answer = CourseKey.isLibrary(text);

        // Then
        assertThat(answer).isEqualTo(library);
    }

    @Test
    void parsing_a_canonical_text_again_changes_nothing() {
        // Given
        var texts = new RandomKeys(1).courses(6_000);

        // When
        var keys = texts.map(CourseKey::parse).toList();

        // Then
        assertThat(keys).hasSize(6_000).allSatisfy(key -> assertThat(CourseKey.parse(key.value())).isEqualTo(key));
        assertThat(keys).extracting(CourseKey::value)
                .noneMatch(value -> value.contains("branch@") || value.contains("version@"));
    }

    @Test
    void a_key_is_put_together_again_from_its_parts() {
        // Given
        var keys = new RandomKeys(2).courses(6_000).map(CourseKey::parse).filter(key -> !key.isCcx());

        // When
        var texts = keys.collect(toMap(Function.identity(), CourseKeyTest::composed, (one, same) -> one));

        // Then
        assertThat(texts).allSatisfy((key, text) -> assertThat(text).isEqualTo(key.value()));
    }

    @Test
    void exactly_the_texts_of_the_grammar_are_accepted() {
        // Given
        var random = new RandomKeys(3);
        var texts = random.courses(30_000).map(random::mutated);

        // When
        var accepted = texts.collect(toMap(Function.identity(), CourseKeyTest::isAccepted, (one, same) -> one));

        // Then
        assertThat(accepted).containsValues(true, false);
        assertThat(accepted).allSatisfy((text, valid) -> assertThat(valid).isEqualTo(VALID.matcher(text).matches()));
    }

    private static String composed(CourseKey key) {
        var parts = new String[] { key.org(), key.course(), key.run() };
        return key.isDeprecated() ? String.join("/", parts) : "course-v1:" + String.join("+", parts);
    }

    private static boolean isAccepted(String text) {
        try {
            CourseKey.parse(text);
            return true;
        } catch (InvalidKeyException refused) {
            return false;
        }
    }
}
