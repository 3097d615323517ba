package org.openedx.aggregator.key;

import java.util.Optional;

/**
 * The canonical text of the key of a block in a course: {@code block-v1:ORG+COURSE+RUN+type@TYPE+block@ID}, the same with
 * {@code ccx-block-v1:} and {@code +ccx@ID}, or the deprecated {@code i4x://ORG/COURSE/TYPE/ID}, which knows no run. Blocks
 * without a course or without a type, which opaque-keys lets pass, are refused.
 */
public record UsageKey(String value) {

    private static final String BLOCK = "block-v1:";
    private static final String CCX_BLOCK = "ccx-block-v1:";
    private static final String DEPRECATED = "i4x://";
    private static final String TYPE = "+type@";
    private static final String ID = "+block@";

    /**
     * @param value a usage key of at most 255 characters; its branch, version and revision are dropped
     * @throws InvalidKeyException if it is anything else
     */
    public UsageKey {
        value = canonical(value);
    }

    /**
     * @param text a usage key of at most 255 characters; its branch, version and revision are dropped
     * @throws InvalidKeyException if it is anything else, also for a block of a library
     */
    public static UsageKey parse(String text) {
        return new UsageKey(text);
    }

    /** For example {@code html}, {@code problem} or {@code vertical}. */
    public String blockType() {
        if (isDeprecated()) {
            var end = value.lastIndexOf('/');
            return value.substring(value.lastIndexOf('/', end - 1) + 1, end);
        }
        return value.substring(value.indexOf(TYPE) + TYPE.length(), value.indexOf(ID));
    }

    /** Unique among the blocks of a type in a course. */
    public String blockId() {
        return isDeprecated()
                ? value.substring(value.lastIndexOf('/') + 1)
                : value.substring(value.indexOf(ID) + ID.length());
    }

    /** The course the key names; empty for a deprecated key, because it leaves out the run. */
    public Optional<CourseKey> course() {
        if (isDeprecated()) {
            return Optional.empty();
        }
        var namespace = value.startsWith(CCX_BLOCK) ? CourseKey.CCX : CourseKey.COURSE;
        var local = value.substring(value.indexOf(':') + 1, value.indexOf(TYPE));
        return Optional.of(new CourseKey(namespace + local));
    }

    /**
     * Whether the block can be one of this course: a new-style key names exactly this course or exactly this custom course, a
     * deprecated key the organization and course of a deprecated course key, whatever its run.
     */
    public boolean belongsTo(CourseKey course) {
        return value.startsWith(prefixIn(course));
    }

    /**
     * The key of the same type and id in the given course, written the way that course writes its keys; this key, if it belongs
     * to the course already. Completions and course trees are compared after this.
     *
     * @throws InvalidKeyException if the course cannot have such a key: it would be longer than 255 characters, or a {@code %}
     *         of a deprecated id would get into a new-style one
     */
    public UsageKey mapIntoCourse(CourseKey course) {
        return belongsTo(course) ? this : new UsageKey(prefixIn(course) + blockType() + separatorIn(course) + blockId());
    }

    @Override
    public String toString() {
        return value;
    }

    private boolean isDeprecated() {
        return value.startsWith(DEPRECATED);
    }

    private static String prefixIn(CourseKey course) {
        return course.isDeprecated()
                ? DEPRECATED + course.org() + "/" + course.course() + "/"
                : (course.isCcx() ? CCX_BLOCK : BLOCK) + course.local() + TYPE;
    }

    private static String separatorIn(CourseKey course) {
        return course.isDeprecated() ? "/" : ID;
    }

    private static String canonical(String text) {
        var scanner = new KeyScanner("usage key", text);
        if (scanner.skip(BLOCK)) {
            return block(scanner.courseRun());
        }
        if (scanner.skip(CCX_BLOCK)) {
            return block(scanner.courseRun().ccx());
        }
        return scanner.literal(DEPRECATED)
                .some(Alphabet.DEPRECATED_ID).literal("/")
                .some(Alphabet.DEPRECATED_ID).literal("/")
                .some(Alphabet.DEPRECATED_NAME).literal("/")
                .some(Alphabet.DEPRECATED_NAME)
                .dropping("@", Alphabet.DEPRECATED_NAME)
                .canonical();
    }

    private static String block(KeyScanner scanner) {
        return scanner.literal(TYPE).some(Alphabet.ID).literal(ID).some(Alphabet.ID).canonical();
    }
}
