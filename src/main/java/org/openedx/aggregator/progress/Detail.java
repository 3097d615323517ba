package org.openedx.aggregator.progress;

import java.util.List;

import io.vertx.mutiny.sqlclient.Tuple;

/**
 * How much of a result is read: the totals of the course always, and of the registered blocks none, all, or the first
 * ones. The first ones are the coarsest; a page of a hundred learners with their chapters would else read a hundred
 * times what it shows.
 *
 * @param structureId the course version that {@code first} is about; results of other versions are read whole
 * @param first how many registered blocks are needed of that version
 */
public record Detail(boolean blocks, int structureId, int first) {

    /** The totals of the course alone. */
    public static final Detail COURSE = new Detail(false, 0, 0);

    /** All registered blocks. */
    public static final Detail ALL_BLOCKS = new Detail(true, 0, 0);

    /** The first registered blocks of one course version. */
    public static Detail firstBlocks(int structureId, int first) {
        return new Detail(true, structureId, first);
    }

    // Each packed aggregate ends with a bracket. The same few statements for all courses, so that each is prepared once.
    String column() {
        return blocks ? "IF(p.structure_id = ?, SUBSTRING_INDEX(p.blocks, ']', ?), p.blocks)" : "NULL";
    }

    /** The values of the column's parameters and of those that follow. */
    Tuple parameters(List<?> following) {
        var parameters = blocks ? Tuple.of(structureId, first) : Tuple.tuple();
        for (var value : following) {
            parameters.addValue(value);
        }
        return parameters;
    }
}
