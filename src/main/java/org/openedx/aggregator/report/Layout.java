package org.openedx.aggregator.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.course.RegisteredBlocks.Range;
import org.openedx.aggregator.progress.Aggregate;

/**
 * What stands where in a file: first the columns of the learner, then a group of columns for each block of the wanted
 * types, course by course.
 *
 * @param ofLearner columns of the learner
 * @param ofBlock columns of each block
 * @param types of the blocks, in the order of the file
 * @param blocks the places of the blocks, by key
 */
record Layout(List<Column> ofLearner, List<Column> ofBlock, List<String> types, Map<String, Integer> blocks) {

    /** What fits into a spreadsheet. */
    static final int MOST_COLUMNS = 16_384;

    private static final int MOST_CELLS = 100_000;

    static Layout of(List<Column> columns, List<String> types, List<RegisteredBlocks> courses) {
        var places = new LinkedHashMap<String, Integer>();
        for (var registered : courses) {
            types.forEach(type -> place(registered, type, places));
        }
        return new Layout(columns.stream().filter(column -> !column.isOfBlock()).toList(),
                columns.stream().filter(Column::isOfBlock).toList(), types, places);
    }

    private static void place(RegisteredBlocks registered, String type, Map<String, Integer> places) {
        var range = registered.byType().getOrDefault(type, new Range(0, 0));
        for (int index = range.from(); index < range.to(); index++) {
            places.putIfAbsent(registered.get(index).blockKey(), places.size());
        }
    }

    long width() {
        return ofLearner.size() + (long) blocks.size() * ofBlock.size();
    }

    /** How many learners may be in memory at once: fewer than usual, if each has very many columns. */
    int rowsAtOnce(int usual) {
        return (int) Math.max(1, Math.min(usual, MOST_CELLS / Math.max(1, width())));
    }

    List<String> headings() {
        var headings = new ArrayList<>(ofLearner.stream().map(Column::text).toList());
        for (var block : blocks.keySet()) {
            ofBlock.forEach(column -> headings.add(block + " " + column.textInBlock()));
        }
        return headings;
    }

    /** One learner's row. */
    void write(LearnerProgress learner, Cells cells) {
        for (var column : ofLearner) {
            cell(column, learner, learner.course(), cells);
        }
        for (var aggregate : aggregates(learner)) {
            ofBlock.forEach(column -> cell(column, learner, Optional.ofNullable(aggregate), cells));
        }
    }

    // What a learner does not see has no numbers; nor has what was published since the report was begun a column.
    private Aggregate[] aggregates(LearnerProgress learner) {
        var aggregates = new Aggregate[blocks.size()];
        for (int index = 0; index < learner.blocks().size(); index++) {
            var place = blocks.get(learner.registered().get(index).blockKey());
            if (place != null) {
                aggregates[place] = learner.blocks().get(index);
            }
        }
        return aggregates;
    }

    /** One cell; a learner of whom nothing is computed yet has earned nothing of what nobody knows. */
    static void cell(Column column, LearnerProgress learner, Optional<Aggregate> found, Cells cells) {
        var known = found.orElse(null);
        switch (column) {
            case COURSE_KEY -> cells.text(learner.courseKey());
            case USERNAME -> cells.text(learner.username());
            case USER_ID -> cells.number(learner.learnerId());
            case EARNED -> cells.number(known == null ? 0.0 : known.earned());
            case PERCENT -> cells.number(known == null ? 0.0 : known.percent());
            default -> ofKnown(column, known, cells);
        }
    }

    private static void ofKnown(Column column, Aggregate known, Cells cells) {
        if (known == null) {
            cells.nothing();
            return;
        }
        switch (column) {
            case OPTIONAL_EARNED -> cells.number(known.optionalEarned());
            case OPTIONAL_POSSIBLE -> cells.number(known.optionalPossible());
            case OPTIONAL_PERCENT -> cells.number(known.optionalPercent());
            case LAST_COMPLETED -> cells.time(known.lastModified());
            case BLOCK_EARNED -> cells.number(known.earned());
            case BLOCK_PERCENT -> cells.number(known.percent());
            default -> cells.number(known.possible());
        }
    }
}
