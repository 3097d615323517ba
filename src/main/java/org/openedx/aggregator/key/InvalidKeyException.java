package org.openedx.aggregator.key;

/** A text is not the key it was taken for; the message quotes its beginning and is safe to log and to show. */
public class InvalidKeyException extends RuntimeException {

    private static final int QUOTED = 100;

    InvalidKeyException(String noun, String text) {
        super("Not a %s: '%s'.".formatted(noun, beginning(text)));
    }

    private static String beginning(String text) {
        return String.valueOf(text).codePoints()
                .limit(QUOTED)
                .map(InvalidKeyException::printable)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    // A line break inside a key must not start a line of its own in the log.
    private static int printable(int codePoint) {
        return Character.isISOControl(codePoint) ? '?' : codePoint;
    }
}
