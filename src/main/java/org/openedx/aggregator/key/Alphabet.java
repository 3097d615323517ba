package org.openedx.aggregator.key;

/** The sets of characters that opaque keys are made of; "word" characters are letters, marks, numbers and {@code _}. */
enum Alphabet {
    /** Every part of a new-style key. */
    ID(true, "-~.:"),
    /** Organization, course and run of a deprecated key. */
    DEPRECATED_ID(true, "-.%"),
    /** Block type, block name and revision of a deprecated key. */
    DEPRECATED_NAME(true, "-~.:%"),
    HEX_DIGITS(false, "0123456789abcdefABCDEF"),
    DIGITS(false, "0123456789");

    private final boolean[] ascii = new boolean[128];
    private final boolean words;

    Alphabet(boolean words, String others) {
        this.words = words;
        for (int character = 0; character < ascii.length; character++) {
            ascii[character] = words && isWord(character) || others.indexOf(character) >= 0;
        }
    }

    boolean contains(int codePoint) {
        return codePoint < ascii.length ? ascii[codePoint] : words && isWord(codePoint);
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetter(codePoint) || codePoint == '_' || isMarkOrNumber(codePoint);
    }

    private static boolean isMarkOrNumber(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }
}
