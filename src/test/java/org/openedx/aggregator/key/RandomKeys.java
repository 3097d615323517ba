package org.openedx.aggregator.key;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes up valid keys, and texts that are almost keys; the same ones in every build. */
class RandomKeys {

    private static final List<String> WORDS = characters("azAZ059_ößéЖ日本हिन्दी٣Ⅷ½𐐀");
    private static final List<String> ID = plus(WORDS, "-~.:");
    private static final List<String> DEPRECATED_ID = plus(WORDS, "-.%");
    private static final List<String> DEPRECATED_NAME = plus(WORDS, "-~.:%");
    private static final List<String> HEX_DIGITS = characters("0123456789abcdefABCDEF");
    private static final List<String> DIGITS = characters("0123456789");
    private static final List<String> NOISE = plus(WORDS, "+@/:%-~. \n\t\u0000\u00a0\u2028?#&é😀\ud800\udc00", "type@",
            "+block@",
            "+branch@", "+version@", "+ccx@1", "block-v1:", "course-v1:", "i4x://");

    private final Random random;

    RandomKeys(long seed) {
        random = new Random(seed);
    }

    Stream<String> courses(int count) {
        return many(count, List.of(this::course, this::ccx, this::deprecatedCourse));
    }

    Stream<String> usages(int count) {
        return many(count, List.of(this::block, this::ccxBlock, this::deprecatedBlock));
    }

    /** One to three small damages; some of them leave a valid key. */
    String mutated(String key) {
        var damaged = key;
        for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
            var from = random.nextInt(damaged.length() + 1);
            var to = Math.min(damaged.length(), from + random.nextInt(3));
            var noise = random.nextInt(3) == 0 ? "" : NOISE.get(random.nextInt(NOISE.size()));
            damaged = damaged.substring(0, from) + noise + damaged.substring(to);
        }
        return damaged;
    }

    private String course() {
        return "course-v1:" + courseRun() + revision();
    }

    private String ccx() {
        return "ccx-v1:" + courseRun() + revision() + "+ccx@" + some(DIGITS, 5);
    }

    private String deprecatedCourse() {
        return some(DEPRECATED_ID, 9) + "/" + some(DEPRECATED_ID, 9) + "/" + maybe(() -> some(DEPRECATED_ID, 9));
    }

    private String block() {
        return "block-" + course().substring("course-".length()) + typeAndId();
    }

    private String ccxBlock() {
        return "ccx-block-" + ccx().substring("ccx-".length()) + typeAndId();
    }

    private String deprecatedBlock() {
        return "i4x://" + some(DEPRECATED_ID, 9) + "/" + some(DEPRECATED_ID, 9) + "/" + some(DEPRECATED_NAME, 9) + "/"
                + some(DEPRECATED_NAME, 20) + maybe(() -> "@" + some(DEPRECATED_NAME, 9));
    }

    private String courseRun() {
        return some(ID, 9) + "+" + some(ID, 9) + "+" + some(ID, 9);
    }

    private String revision() {
        return maybe(() -> "+branch@" + some(ID, 9)) + maybe(() -> "+version@" + exactly(24, HEX_DIGITS));
    }

    private String typeAndId() {
        return "+type@" + some(ID, 9) + "+block@" + some(ID, 20);
    }

    private String some(List<String> alphabet, int atMost) {
        return exactly(1 + random.nextInt(atMost), alphabet);
    }

    private String exactly(int length, List<String> alphabet) {
        IntFunction<String> anyCharacter = index -> alphabet.get(random.nextInt(alphabet.size()));
        return IntStream.range(0, length).mapToObj(anyCharacter).collect(Collectors.joining());
    }

    private String maybe(Supplier<String> text) {
        return random.nextBoolean() ? text.get() : "";
    }

    private Stream<String> many(int count, List<Supplier<String>> kinds) {
        return IntStream.range(0, count).mapToObj(index -> kinds.get(index % kinds.size()).get());
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    private static List<String> plus(List<String> alphabet, String characters, String... texts) {
        return Stream.of(alphabet, characters(characters), List.of(texts)).flatMap(List::stream).toList();
    }
}
