package org.openedx.aggregator.progress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The aggregates of one learner as stored: {@code [[earned,possible,lastModified,optionalEarned,optionalPossible],…]},
 * in the order of the course version's registered blocks. What is 0 or never at the end of an entry is left out, and a
 * block the learner does not see is {@code []}. JSON, so that the database can unpack it for reports; written and read by
 * hand, because an aggregation run does nothing as often as this.
 */
public record PackedAggregates(String text) {

    /** Packs aggregates one after the other. */
    public static final class Builder {

        private final StringBuilder text = new StringBuilder("[");

        /** Room for so many aggregates. */
        public Builder(int size) {
            text.ensureCapacity(2 + size * 26);
        }

        public Builder add(Aggregate aggregate) {
            open();
            append(aggregate.earned());
            text.append(',');
            append(aggregate.possible());
            if (aggregate.lastModified() != Aggregate.NEVER) {
                text.append(',').append(aggregate.lastModified());
            }
            if (aggregate.optionalPossible() != 0.0) {
                text.append(aggregate.lastModified() == Aggregate.NEVER ? ",null," : ",");
                append(aggregate.optionalEarned());
                text.append(',');
                append(aggregate.optionalPossible());
            }
            text.append(']');
            return this;
        }

        /** A block the learner does not see. */
        public Builder addHidden() {
            open();
            text.append(']');
            return this;
        }

        private void open() {
            text.append(text.length() == 1 ? "[" : ",[");
        }

        public PackedAggregates build() {
            return new PackedAggregates(text + "]");
        }

        private void append(double number) {
            if (number == (long) number) {
                text.append((long) number);
            } else {
                text.append(number);
            }
        }
    }

    /** Two checksums side by side: a number that differs for different texts, but for one pair in 2<sup>64</sup>. */
    public long digest() {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return checksum(new CRC32C(), bytes) << 32 | checksum(new CRC32(), bytes);
    }

    private static long checksum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes);
        return checksum.getValue();
    }

    /**
     * The aggregates in their order, empty for a block the learner does not see; of a text that was cut off before a
     * closing bracket, those before it.
     */
    public List<Optional<Aggregate>> unpack() {
        var aggregates = new ArrayList<Optional<Aggregate>>();
        for (int at = 1; isEntry(at); at = end(at) + 2) {
            aggregates.add(entry(at, end(at)));
        }
        return aggregates;
    }

    /**
     * A block about which two results say different things.
     *
     * @param index its place among the registered blocks, from 0
     */
    public record Difference(int index, Optional<Aggregate> before, Optional<Aggregate> now) {
    }

    /** Where this result differs from an earlier one of the same course version; what is equal is not unpacked. */
    public List<Difference> since(PackedAggregates before) {
        var differences = new ArrayList<Difference>();
        int index = 0;
        int earlier = 1;
        for (int at = 1; isEntry(at); at = end(at) + 2) {
            int end = end(at);
            int earlierEnd = before.isEntry(earlier) ? before.end(earlier) : earlier;
            if (end - at != earlierEnd - earlier || !text.regionMatches(at, before.text, earlier, end - at)) {
                differences.add(new Difference(index, before.entry(earlier, earlierEnd), entry(at, end)));
            }
            earlier = earlierEnd + 2;
            index++;
        }
        return differences;
    }

    private boolean isEntry(int at) {
        return at < text.length() && text.charAt(at) == '[';
    }

    private int end(int at) {
        int end = text.indexOf(']', at);
        return end < 0 ? text.length() : end;
    }

    private Optional<Aggregate> entry(int at, int end) {
        return end <= at + 1 ? Optional.empty() : Optional.of(aggregate(at + 1, end));
    }

    private Aggregate aggregate(int from, int to) {
        int possible = next(from, to);
        int lastModified = next(possible, to);
        int optionalEarned = next(lastModified, to);
        int optionalPossible = next(optionalEarned, to);
        return new Aggregate(number(from, to), number(possible, to), time(lastModified, to), number(optionalEarned, to),
                number(optionalPossible, to));
    }

    /** Where the number after the one at a place begins; past the end if there is none. */
    private int next(int at, int end) {
        int comma = text.indexOf(',', at);
        return comma < 0 || comma >= end ? end : comma + 1;
    }

    private long time(int at, int end) {
        int to = endOfNumber(at, end);
        return at >= end || text.charAt(at) == 'n' ? Aggregate.NEVER : Long.parseLong(text, at, to, 10);
    }

    private double number(int at, int end) {
        int to = endOfNumber(at, end);
        if (at >= to) {
            return 0.0;
        }
        for (int index = at; index < to; index++) {
            char character = text.charAt(index);
            if (character < '0' || character > '9') {
                return Double.parseDouble(text.substring(at, to));
            }
        }
        return Long.parseLong(text, at, to, 10);
    }

    private int endOfNumber(int at, int end) {
        int comma = text.indexOf(',', at);
        return comma < 0 || comma > end ? end : comma;
    }
}
