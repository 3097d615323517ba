package org.openedx.aggregator.key;

/**
 * The canonical text of the key of a course run: {@code course-v1:ORG+COURSE+RUN}, {@code ccx-v1:ORG+COURSE+RUN+ccx@ID}
 * or the deprecated {@code ORG/COURSE/RUN}. Two keys are equal if their texts are, case included. The rules are those of
 * the packages opaque-keys and edx-ccx-keys, save that a course key with a block behind it is refused, not cut.
 */
public record CourseKey(String value) {

    static final String COURSE = "course-v1:";
    static final String CCX = "ccx-v1:";

    /**
     * @param value a course key of at most 255 characters; its branch and version are dropped
     * @throws InvalidKeyException if it is anything else
     */
    public CourseKey {
        value = canonical(value);
    }

    /**
     * @param text a course key of at most 255 characters; its branch and version are dropped
     * @throws InvalidKeyException if it is anything else, also for the key of a library
     */
    public static CourseKey parse(String text) {
        return new CourseKey(text);
    }

    /** Whether the text names a content library, of either generation, where a course is expected. Reads no further. */
    public static boolean isLibrary(String text) {
        return text != null && (text.startsWith("library-v1:") || text.startsWith("lib:"));
    }

    public String org() {
        return part(0);
    }

    public String course() {
        return part(1);
    }

    /** Empty for a deprecated key without a run, {@code ORG/COURSE/}. */
    public String run() {
        return part(2);
    }

    /** Whether it is written {@code ORG/COURSE/RUN}, as in Old Mongo. */
    public boolean isDeprecated() {
        return value.indexOf('/') >= 0;
    }

    /** Whether it is a custom course, in which a coach's learners see the master course under a key of their own. */
    public boolean isCcx() {
        return value.startsWith(CCX);
    }

    @Override
    public String toString() {
        return value;
    }

    /** The text behind the namespace. */
    String local() {
        return value.substring(localStart());
    }

    private int localStart() {
        return isDeprecated() ? 0 : value.indexOf(':') + 1;
    }

    private String part(int index) {
        var separator = isDeprecated() ? '/' : '+';
        var start = localStart();
        for (int skipped = 0; skipped < index; skipped++) {
            start = value.indexOf(separator, start) + 1;
        }
        var end = value.indexOf(separator, start);
        return end < 0 ? value.substring(start) : value.substring(start, end);
    }

    private static String canonical(String text) {
        var scanner = new KeyScanner("course key", text);
        if (scanner.skip(COURSE)) {
            return scanner.courseRun().canonical();
        }
        if (scanner.skip(CCX)) {
            return scanner.courseRun().ccx().canonical();
        }
        return scanner.some(Alphabet.DEPRECATED_ID).literal("/")
                .some(Alphabet.DEPRECATED_ID).literal("/")
                .maybe(Alphabet.DEPRECATED_ID)
                .canonical();
    }
}
