package org.openedx.aggregator.course;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An XML element that stands for a block.
 *
 * @param pointer whether it only refers to a file, {@code <html url_name="intro"/>}
 * @param attributes those that matter here
 * @param fingerprint of the element with all it contains, for the name of a block that has none
 * @param children those elements in it that may stand for blocks
 */
record OlxElement(String tag, boolean pointer, Map<String, String> attributes, String fingerprint,
        List<OlxElement> children) {

    /** The id of the block; empty if its author gave none. */
    Optional<String> name() {
        return attribute("url_name").filter(name -> !name.isBlank());
    }

    Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** The file it refers to, as seen from the top folder of the export. A colon in a name is a folder. */
    String file() {
        return tag + "/" + name().orElse("").replace(':', '/') + ".xml";
    }

    /** Whether it was written by the block's own code, which leaves this mark on the elements of blocks only. */
    boolean isPure() {
        return name().isPresent() && "xblock.v1".equals(attributes.get("xblock-family"));
    }

    boolean isAside() {
        return "xblock_asides.v1".equals(attributes.get("xblock-family"));
    }

    /** The types whose child elements are blocks, whoever wrote them. */
    static boolean isContainer(String tag) {
        return ModeTable.stock().byType().get(tag) == CompletionMode.AGGREGATOR;
    }
}
