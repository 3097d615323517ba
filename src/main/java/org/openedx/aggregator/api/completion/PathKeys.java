package org.openedx.aggregator.api.completion;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.InvalidKeyException;
import org.openedx.aggregator.key.UsageKey;

/** Keys as they stand in a path, with or without a slash at the end. */
public final class PathKeys {

    private PathKeys() {
    }

    /** @throws InvalidKeyParameterException if it is none */
    public static CourseKey course(String path) {
        var text = withoutSlash(path);
        try {
            return CourseKey.parse(text);
        } catch (InvalidKeyException e) {
            throw new InvalidKeyParameterException("Invalid course key: '" + CompletionQuery.shortened(text) + "'.");
        }
    }

    /** @throws InvalidKeyParameterException if it is none */
    static UsageKey block(String path, CourseKey course) {
        return blockOf(course, withBothSlashes(withoutSlash(path)));
    }

    /** @throws InvalidKeyParameterException if it is none, or one of another course */
    static UsageKey blockOf(CourseKey course, String text) {
        try {
            return requireIn(course, UsageKey.parse(text));
        } catch (InvalidKeyException e) {
            throw invalidBlock(text);
        }
    }

    // Runs of a course have blocks of the same names: what belongs to one must not be taken for another's.
    private static UsageKey requireIn(CourseKey course, UsageKey block) {
        if (!block.belongsTo(course) && !isOldNameIn(course, block)) {
            throw invalidBlock(block.value());
        }
        return block.mapIntoCourse(course);
    }

    // A deprecated key leaves the run out.
    private static boolean isOldNameIn(CourseKey course, UsageKey block) {
        return block.value().startsWith("i4x://" + course.org() + "/" + course.course() + "/");
    }

    private static InvalidKeyParameterException invalidBlock(String text) {
        return new InvalidKeyParameterException("Invalid block key: '" + CompletionQuery.shortened(text) + "'.");
    }

    // Proxies and servers fold the two slashes of i4x:// into one.
    private static String withBothSlashes(String text) {
        return text.startsWith("i4x:/") && !text.startsWith("i4x://") ? "i4x://" + text.substring("i4x:/".length()) : text;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
