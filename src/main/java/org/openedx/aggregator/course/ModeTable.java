package org.openedx.aggregator.course;

import static org.openedx.aggregator.course.CompletionMode.AGGREGATOR;
import static org.openedx.aggregator.course.CompletionMode.COMPLETABLE;
import static org.openedx.aggregator.course.CompletionMode.EXCLUDED;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The completion mode of each installed block type, for structures that do not bring it along.
 *
 * @param unknown the mode of a type that is not in the table
 */
public record ModeTable(Map<String, CompletionMode> byType, CompletionMode unknown) {

    private static final List<String> STOCK_AGGREGATORS = List.of("course", "chapter", "sequential", "vertical", "unit",
            "wrapper", "split_test", "randomize", "conditional", "library_content", "itembank", "problemset",
            "videosequence");

    private static final List<String> STOCK_COMPLETABLES = List.of("about", "annotatable", "book", "course_info",
            "custom_tag_template", "customtag", "discuss", "done", "drag-and-drop-v2", "edx_sga", "error", "hidden",
            "html", "image", "library", "library_sourced", "lti", "lti_consumer", "openassessment", "poll",
            "poll_question", "problem", "slides", "staffgradedxblock", "static_tab", "survey", "video", "videoalpha",
            "videodev", "word_cloud");

    private static final ModeTable STOCK = new ModeTable(stockTypes(), EXCLUDED);

    public ModeTable {
        byType = Map.copyOf(byType);
        Objects.requireNonNull(unknown);
    }

    /** The types of a stock installation; any other is excluded, as the LMS excludes what is not installed. */
    public static ModeTable stock() {
        return STOCK;
    }

    /** The mode the LMS reported for the block, else the one of its type. */
    public CompletionMode of(Block block) {
        return block.completionMode().orElseGet(() -> byType.getOrDefault(block.type(), unknown));
    }

    private static Map<String, CompletionMode> stockTypes() {
        var types = new HashMap<String, CompletionMode>();
        STOCK_AGGREGATORS.forEach(type -> types.put(type, AGGREGATOR));
        STOCK_COMPLETABLES.forEach(type -> types.put(type, COMPLETABLE));
        types.put("discussion", EXCLUDED);
        return types;
    }
}
