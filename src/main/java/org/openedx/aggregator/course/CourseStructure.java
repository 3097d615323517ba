package org.openedx.aggregator.course;

import java.util.Map;
import java.util.Objects;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

/**
 * The blocks of one version of a course. Every block can be reached from the root, none contains itself, and all belong
 * to the course; a block may have several parents.
 *
 * @param blocks in pre-order from the root, a block with several parents where it is met first; unmodifiable
 */
public record CourseStructure(CourseKey course, UsageKey root, Map<UsageKey, Block> blocks) {

    /** How many levels a course may have, counted from the root; Open edX itself builds fewer than ten. */
    public static final int MAX_DEPTH = 1_000;

    /**
     * How many ways may lead from the root to one block. A block counts once for each, so without a bound a few dozen
     * blocks that share their children would count more than any number holds.
     */
    public static final int MAX_WAYS = 10_000;

    /** @throws InvalidStructureException naming the block that breaks a rule */
    public CourseStructure {
        Objects.requireNonNull(course);
        Objects.requireNonNull(root);
        new StructureRules(course, root, blocks).check();
        blocks = PreOrder.of(root, blocks);
    }

    /**
     * SHA-256, in hexadecimal, of the canonical form: equal for equal structures wherever they were read from, different
     * as soon as a block, one of its attributes or the order of children is.
     */
    public String contentHash() {
        return BlocksApiWriter.hash(this);
    }
}
