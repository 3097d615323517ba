package org.openedx.aggregator.event;

/** Looks for ASCII text in records that are not decoded. */
final class Bytes {

    private Bytes() {
    }

    static boolean contain(byte[] bytes, String ascii) {
        for (int start = 0; start <= bytes.length - ascii.length(); start++) {
            if (bytes[start] == ascii.charAt(0) && matches(bytes, start, ascii)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int start, String ascii) {
        for (int index = 1; index < ascii.length(); index++) {
            if (bytes[start + index] != ascii.charAt(index)) {
                return false;
            }
        }
        return true;
    }
}
