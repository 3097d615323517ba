package org.openedx.aggregator.course;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** An element whose end is not read yet. */
final class OlxFrame {
    private static final Set<String> KEPT = Set.of("url_name", "xblock-family", "org", "course", "display_name", "start",
            "visible_to_staff_only", "optional_completion", "group_access", "max_count");

    /** What a course, a section or a conditional keeps between its children. */
    private static final Set<String> NO_BLOCKS = Set.of("meta", "show", "textbook", "wiki");

    private static final Set<String> POINTER = Set.of("url_name");
    private static final Set<String> COURSE_POINTER = Set.of("url_name", "org", "course");

    /** Enough of a digest for a name, as in the platform. */
    private static final int FINGERPRINT_BYTES = 6;

    private final String tag;
    private final boolean foreign;
    private final Map<String, String> attributes = new HashMap<>();
    private final boolean onlyRefers;
    private final List<OlxElement> children = new ArrayList<>();
    private final MessageDigest digest = Sha256.start();
    private boolean blank = true;

    /** @param foreign whether the element is in a namespace, as the options inside a block's XML are */
    OlxFrame(String tag, boolean foreign, SortedMap<String, String> attributes) {
        this.tag = tag;
        this.foreign = foreign;
        this.onlyRefers = attributes.keySet().equals(POINTER) || attributes.keySet().equals(COURSE_POINTER);
        feed(tag);
        attributes.forEach(this::attribute);
    }

    void text(String text) {
        blank = false;
        feed(text);
    }

    /** Takes up an element that ended; true if it may be a child of the block this element stands for. */
    boolean include(OlxFrame frame) {
        blank = false;
        var digestOfChild = frame.digest.digest();
        digest.update(digestOfChild);
        var child = frame.element(digestOfChild);
        var mayBeBlock = OlxElement.isContainer(tag)
                ? !frame.foreign && !NO_BLOCKS.contains(child.tag()) && !child.isAside()
                : child.isPure() || child.pointer();
        if (mayBeBlock) {
            children.add(child);
        }
        return mayBeBlock;
    }

    /** The element, if it is the root of its file. */
    OlxElement root() {
        return element(digest.digest());
    }

    private OlxElement element(byte[] ownDigest) {
        var fingerprint = HexFormat.of().formatHex(ownDigest, 0, FINGERPRINT_BYTES);
        return new OlxElement(tag, blank && onlyRefers, attributes, fingerprint, children);
    }

    private void attribute(String name, String value) {
        feed(name);
        feed(value);
        if (KEPT.contains(name)) {
            attributes.put(name, value);
        }
    }

    private void feed(String part) {
        digest.update(part.getBytes(UTF_8));
        digest.update((byte) 0);
    }
}
