package org.openedx.aggregator.api.task;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file (RFC 9110, section 14).
 *
 * @param first the first byte, from 0
 * @param last the last byte, in the range
 */
record ByteRange(long first, long last) {

    // Eighteen digits are below the largest long; of a longer number nothing sensible can be made.
    private static final Pattern ONE = Pattern.compile("\\s*bytes\\s*=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    static ByteRange all(long size) {
        return new ByteRange(0, size - 1);
    }

    /**
     * The one range that a {@code Range} header asks for; nothing for several and for what is none, which a server may
     * ignore.
     *
     * @throws RangeNotSatisfiableException if there is no such part of a file of this size
     */
    static Optional<ByteRange> of(String header, long size) {
        var range = ONE.matcher(header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        return range.group(1).isEmpty()
                ? Optional.of(lastBytes(Long.parseLong(range.group(2)), size))
                : between(range, size);
    }

    private static ByteRange lastBytes(long count, long size) {
        if (count == 0 || size == 0) {
            throw new RangeNotSatisfiableException(size);
        }
        return new ByteRange(Math.max(0, size - count), size - 1);
    }

    private static Optional<ByteRange> between(Matcher range, long size) {
        var first = Long.parseLong(range.group(1));
        var last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
        if (last < first) {
            return Optional.empty();
        }
        if (first >= size) {
            throw new RangeNotSatisfiableException(size);
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    long length() {
        return last - first + 1;
    }

    /** As {@code Content-Range} says it. */
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
