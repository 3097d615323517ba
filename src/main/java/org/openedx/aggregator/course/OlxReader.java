package org.openedx.aggregator.course;

import static org.openedx.aggregator.course.InvalidStructureException.quote;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.InvalidKeyException;
import org.openedx.aggregator.key.UsageKey;

/** Puts a course together from the files of its export; one instance reads one course. */
final class OlxReader {
    private final CourseKey course;
    private final OlxBudget budget;
    private final Map<String, OlxElement> definitions;
    private final String folder;
    private final Map<UsageKey, Block> blocks = new HashMap<>();
    private final Map<UsageKey, OlxElement> mentions = new HashMap<>();
    private final Map<String, Integer> derivedNames = new HashMap<>();
    private final Deque<UsageKey> ahead = new ArrayDeque<>();

    private OlxReader(CourseKey course, OlxBudget budget, Map<String, OlxElement> definitions) {
        this.course = course;
        this.budget = budget;
        this.definitions = definitions;
        this.folder = folder(definitions);
    }

    static CourseStructure read(CourseKey course, byte[] archive, Limits limits) {
        var budget = new OlxBudget(limits);
        return new OlxReader(course, budget, OlxArchive.read(archive, budget)).structure();
    }

    private CourseStructure structure() {
        var top = definitions.get(folder + "course.xml");
        requireCourse(top);
        var root = key("course", course.isDeprecated() ? course.run() : "course");
        mention(root, top);
        while (!ahead.isEmpty()) {
            define(ahead.poll());
        }
        return new CourseStructure(course, root, blocks);
    }

    private static String folder(Map<String, OlxElement> definitions) {
        var folders = definitions.keySet().stream()
                .filter(path -> path.indexOf('/') == path.lastIndexOf('/'))
                .map(path -> path.substring(0, path.indexOf('/') + 1))
                .toList();
        if (folders.size() != 1) {
            throw new InvalidStructureException(
                    "The archive must have one course.xml, in its top folder; it has " + folders.size() + ".");
        }
        return folders.get(0);
    }

    private void requireCourse(OlxElement top) {
        var org = top.attribute("org").orElse("");
        var number = top.attribute("course").orElse("");
        var run = top.name().orElse("");
        var exported = course.isDeprecated()
                ? org + "/" + number + "/" + run
                : "course-v1:" + org + "+" + number + "+" + run;
        if (!course.value().equals(exported)) {
            throw new InvalidStructureException(
                    "The archive holds the course " + quote(exported) + ", not " + course.value() + ".");
        }
    }

    private void define(UsageKey key) {
        var definition = definition(key, mentions.get(key));
        var children = new ArrayList<UsageKey>();
        for (var child : definition.children()) {
            if (isBlock(child, definition)) {
                var childKey = key(child.tag(), name(child));
                children.add(childKey);
                mention(childKey, child);
            }
        }
        blocks.put(key, new OlxAttributes(key, definition).block(children));
    }

    private void mention(UsageKey key, OlxElement element) {
        var earlier = mentions.putIfAbsent(key, element);
        if (earlier == null) {
            budget.requireRoomForBlocks(mentions.size());
            ahead.add(key);
        } else if (!earlier.pointer() || !element.pointer()) {
            throw new InvalidStructureException("Block " + key.value() + " is defined twice.");
        }
    }

    private OlxElement definition(UsageKey key, OlxElement mention) {
        if (!mention.pointer()) {
            return mention;
        }
        var file = folder + mention.file();
        if (!definitions.containsKey(file) && OlxElement.isContainer(mention.tag())) {
            throw new InvalidStructureException("Block " + key.value() + ": the archive lacks its file " + quote(file) + ".");
        }
        return definitions.getOrDefault(file, mention);
    }

    // In the XML of a problem or a component of its own kind, an element that merely looks like a reference may be anything.
    private boolean isBlock(OlxElement child, OlxElement parent) {
        return OlxElement.isContainer(parent.tag()) || child.isPure() || definitions.containsKey(folder + child.file());
    }

    private String name(OlxElement element) {
        return element.name().orElseGet(() -> derivedName(element));
    }

    // The same content may occur twice; the order of the course tells one from the other.
    private String derivedName(OlxElement element) {
        var name = element.tag() + "_" + element.fingerprint();
        var occurrence = derivedNames.merge(name, 1, Integer::sum);
        return occurrence == 1 ? name : name + "_" + occurrence;
    }

    private UsageKey key(String type, String name) {
        try {
            return UsageKey.parse(course.isDeprecated()
                    ? "i4x://" + course.org() + "/" + course.course() + "/" + type + "/" + name
                    : "block-v1:" + course.org() + "+" + course.course() + "+" + course.run() + "+type@" + type + "+block@"
                            + name);
        } catch (InvalidKeyException e) {
            throw new InvalidStructureException("The element " + quote(type) + " named " + quote(name) + " cannot be a block: "
                    + "its name does not fit into a usage key.");
        }
    }
}
