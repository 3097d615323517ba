package org.openedx.aggregator.completion;

import java.util.Arrays;

/**
 * All facts of one learner in one course, as parallel arrays: a batch holds hundreds of thousands of facts, and an
 * object for each would cost more than the roll-up.
 */
public final class CompletedBlocks {

    /** A learner who has completed nothing yet. */
    public static final CompletedBlocks NONE = new CompletedBlocks(0);

    private int size;
    private int[] blockIds;
    private double[] completions;
    private long[] modified;

    private CompletedBlocks(int capacity) {
        blockIds = new int[capacity];
        completions = new double[capacity];
        modified = new long[capacity];
    }

    /** Facts given one by one; for computations outside the database. */
    public static CompletedBlocks of(Iterable<BlockCompletion> completions) {
        var facts = new CompletedBlocks(16);
        for (var completion : completions) {
            facts.add(completion.blockId(), completion.completion().orElse(0.0), completion.modified());
        }
        return facts;
    }

    /** Reads {@code id:completion:modified,…} as the database groups it. */
    static CompletedBlocks parse(String text) {
        // 16 digits of time, a digit of completion and three separators: no entry is shorter than 24 characters or so.
        var facts = new CompletedBlocks(text.length() / 24 + 1);
        int at = 0;
        while (at < text.length()) {
            int afterId = text.indexOf(':', at);
            int afterCompletion = text.indexOf(':', afterId + 1);
            int end = text.indexOf(',', afterCompletion + 1);
            end = end < 0 ? text.length() : end;
            facts.add(
                    Integer.parseInt(text, at, afterId, 10),
                    completion(text, afterId + 1, afterCompletion),
                    Long.parseLong(text, afterCompletion + 1, end, 10));
            at = end + 1;
        }
        return facts;
    }

    // Nearly all completions are 0 or 1.
    private static double completion(String text, int from, int to) {
        if (to == from + 1) {
            return text.charAt(from) - '0';
        }
        return Double.parseDouble(text.substring(from, to));
    }

    public int size() {
        return size;
    }

    public int blockId(int index) {
        return blockIds[index];
    }

    /** 0.0 to 1.0. */
    public double completion(int index) {
        return completions[index];
    }

    /** Microseconds since 1970-01-01T00:00:00Z. */
    public long modified(int index) {
        return modified[index];
    }

    private void add(int blockId, double completion, long modifiedAt) {
        if (size == blockIds.length) {
            grow();
        }
        blockIds[size] = blockId;
        completions[size] = completion;
        modified[size] = modifiedAt;
        size++;
    }

    private void grow() {
        int capacity = Math.max(16, blockIds.length * 2);
        blockIds = Arrays.copyOf(blockIds, capacity);
        completions = Arrays.copyOf(completions, capacity);
        modified = Arrays.copyOf(modified, capacity);
    }
}
