package org.openedx.aggregator.key;

/**
 * Walks over a key from left to right, once, and refuses it at the first character that does not belong there. A scanner
 * and not a regular expression: it runs for every event, in linear time and, for a canonical key, without a copy.
 */
final class KeyScanner {

    /** In characters of the database, which are code points: the width of the key columns of Open edX. */
    private static final int MAX_LENGTH = 255;

    private static final int VERSION_LENGTH = 24;

    private final String noun;
    private final String text;
    private int position;
    private int droppedFrom;
    private int droppedTo;

    KeyScanner(String noun, String text) {
        this.noun = noun;
        this.text = text;
        if (text == null || isTooLong(text)) {
            throw refusal();
        }
    }

    /** Steps over the literal if it is next. */
    boolean skip(String literal) {
        var found = text.startsWith(literal, position);
        if (found) {
            position += literal.length();
        }
        return found;
    }

    KeyScanner literal(String literal) {
        return orRefuse(skip(literal));
    }

    KeyScanner some(Alphabet alphabet) {
        return orRefuse(span(alphabet) > 0);
    }

    KeyScanner maybe(Alphabet alphabet) {
        span(alphabet);
        return this;
    }

    /** {@code ORG+COURSE+RUN}, and a branch and a version, which are checked and dropped. */
    KeyScanner courseRun() {
        some(Alphabet.ID).literal("+").some(Alphabet.ID).literal("+").some(Alphabet.ID);
        return dropping("+branch@", Alphabet.ID).droppingVersion();
    }

    /** {@code +ccx@DIGITS} */
    KeyScanner ccx() {
        return literal("+ccx@").some(Alphabet.DIGITS);
    }

    /** An optional part that names a revision: checked if it is there, but not part of the canonical text. */
    KeyScanner dropping(String prefix, Alphabet alphabet) {
        droppedFrom = position;
        if (skip(prefix)) {
            some(alphabet);
        }
        droppedTo = position;
        return this;
    }

    /** The text without what was dropped, if all of it has been read. */
    String canonical() {
        orRefuse(position == text.length());
        return droppedFrom == droppedTo ? text : text.substring(0, droppedFrom) + text.substring(droppedTo);
    }

    private KeyScanner droppingVersion() {
        if (skip("+version@")) {
            orRefuse(span(Alphabet.HEX_DIGITS) == VERSION_LENGTH);
        }
        droppedTo = position;
        return this;
    }

    private int span(Alphabet alphabet) {
        var start = position;
        while (position < text.length() && alphabet.contains(text.codePointAt(position))) {
            position = text.offsetByCodePoints(position, 1);
        }
        return position - start;
    }

    private KeyScanner orRefuse(boolean valid) {
        if (!valid) {
            throw refusal();
        }
        return this;
    }

    private InvalidKeyException refusal() {
        return new InvalidKeyException(noun, text);
    }

    // A code point takes one or two chars: the first comparison spares counting through megabytes.
    private static boolean isTooLong(String text) {
        return text.length() > 2 * MAX_LENGTH || text.codePointCount(0, text.length()) > MAX_LENGTH;
    }
}
