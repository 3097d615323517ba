package org.openedx.aggregator.course;

/** The given course is not one tree of its own blocks; the message tells a person which block or field is wrong. */
public class InvalidStructureException extends RuntimeException {

    private static final int QUOTED = 100;

    public InvalidStructureException(String message) {
        super(message);
    }

    /** The beginning of a foreign text between quotes, on one line, so that it can stand in a message or a log. */
    static String quote(String text) {
        var beginning = text.codePoints().limit(QUOTED)
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return "'" + beginning + "'";
    }
}
