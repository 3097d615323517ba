package org.openedx.aggregator.progress;

import java.util.ArrayList;
import java.util.List;

/**
 * The aggregates of one learner as stored: {@code [[earned,possible,lastModified],…]}, in the order of the course
 * version's registered blocks. JSON, so that the database can unpack it for reports; written and read by hand, because
 * an aggregation run does nothing as often as this.
 */
public record PackedAggregates(String text) {

    /** Packs aggregates one after the other. */
    public static final class Builder {

        private final StringBuilder text = new StringBuilder("[");

        /** Room for so many aggregates. */
        public Builder(int size) {
            text.ensureCapacity(2 + size * 26);
        }

        public Builder add(double earned, double possible, long lastModified) {
            text.append(text.length() == 1 ? "[" : ",[");
            append(earned);
            text.append(',');
            append(possible);
            if (lastModified != Aggregate.NEVER) {
                text.append(',').append(lastModified);
            }
            text.append(']');
            return this;
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

    /** A number that differs for different texts, but for one pair in 2<sup>64</sup>. */
    public long digest() {
        long hash = 0xcbf29ce484222325L;
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The aggregates in their order; of a text that was cut off before a closing bracket, those before it. */
    public List<Aggregate> unpack() {
        var aggregates = new ArrayList<Aggregate>();
        int at = 1;
        while (at < text.length() - 1) {
            int end = text.indexOf(']', at);
            end = end < 0 ? text.length() : end;
            aggregates.add(aggregate(at + 1, end));
            at = end + 2;
        }
        return aggregates;
    }

    private Aggregate aggregate(int from, int to) {
        int afterEarned = text.indexOf(',', from);
        int afterPossible = text.indexOf(',', afterEarned + 1);
        boolean never = afterPossible < 0 || afterPossible > to;
        return new Aggregate(
                number(from, afterEarned),
                number(afterEarned + 1, never ? to : afterPossible),
                never ? Aggregate.NEVER : Long.parseLong(text, afterPossible + 1, to, 10));
    }

    private double number(int from, int to) {
        for (int index = from; index < to; index++) {
            char character = text.charAt(index);
            if (character < '0' || character > '9') {
                return Double.parseDouble(text.substring(from, to));
            }
        }
        return Long.parseLong(text, from, to, 10);
    }
}
