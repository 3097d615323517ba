package org.openedx.aggregator.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A course as plainly as it can be written down. */
public record Course(String key, String root, Map<String, Node> blocks) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a block counts. */
    public enum Mode {
        COMPLETABLE,
        AGGREGATOR,
        EXCLUDED
    }

    /**
     * A block.
     *
     * @param modeSaid whether the structure says the mode; if not, the block's type must have it by default
     */
    public record Node(String key, String type, Mode mode, boolean modeSaid, List<String> children) {
    }

    /** The same course, but for the mode of one block. */
    public Course with(String blockKey, Mode mode) {
        var changed = new LinkedHashMap<>(blocks);
        changed.computeIfPresent(blockKey, (key, node) -> new Node(key, node.type(), mode, true, node.children()));
        return new Course(key, root, changed);
    }

    /** The body of a structure upload. */
    public String json() {
        var document = JSON.createObjectNode();
        document.put("root", root);
        var byId = document.putObject("blocks");
        for (var node : blocks.values()) {
            var block = byId.putObject(node.key());
            block.put("id", node.key());
            block.put("type", node.type());
            if (node.modeSaid()) {
                block.put("completion_mode", node.mode().name().toLowerCase(Locale.ROOT));
            }
            node.children().forEach(block.withArray("children")::add);
        }
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
