package org.openedx.aggregator.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

/**
 * A course of its own for each test: two chapters, the first with two sections of two blocks, the second with one block and
 * an excluded discussion.
 */
public final class SampleCourse {

    // Each application under test loads this class anew, but all of them share the database.
    private static final String LAST = "test.sample-course";

    public final String key;
    public final String learner;
    public final long learnerId;

    private SampleCourse(String key, int number) {
        this.key = key;
        this.learner = "sample" + number;
        this.learnerId = 7_300_000 + 1000L * number;
    }

    /** A new one that nobody has heard of. */
    public static SampleCourse unknown() {
        int number = next();
        return new SampleCourse("course-v1:Sample+Rest" + number + "+1", number);
    }

    /** One whose key is written with slashes. */
    public static SampleCourse deprecated() {
        int number = next();
        return new SampleCourse("Sample/Rest" + number + "/Fall", number);
    }

    private static int next() {
        synchronized (System.getProperties()) {
            int number = Integer.getInteger(LAST, 0) + 1;
            System.setProperty(LAST, String.valueOf(number));
            return number;
        }
    }

    /** Published, with one learner who has completed one block and a half of five. */
    public SampleCourse inUse() {
        publish();
        try (var lms = new Lms()) {
            lms.enroll(learnerId, learner, key);
            lms.complete(learnerId, key, block("html", "a"), 1.0, "2026-05-04T12:00:00+00:00");
            lms.complete(learnerId, key, block("html", "b"), 0.5, "2026-05-04T12:00:00+00:00");
            lms.awaitIngested();
        }
        Database.awaitAggregated(key);
        return this;
    }

    /** The learner and as many others, all called after the first, with ids that follow each other. */
    public SampleCourse withLearners(int count) {
        publish();
        try (var lms = new Lms()) {
            for (int index = 0; index < count; index++) {
                lms.enroll(learnerId + index, index == 0 ? learner : learner + "." + index, key);
            }
            lms.awaitIngested();
        }
        Database.awaitAggregated(key);
        return this;
    }

    public SampleCourse publish() {
        Caller.asStaff().contentType("application/json").body(structure()).put(structurePath()).then().statusCode(200);
        return this;
    }

    public String path() {
        return "/completion-aggregator/v1/course/" + key + "/";
    }

    public String own(String query) {
        return path() + "?username=" + learner + query;
    }

    public String v0() {
        return "/completion-aggregator/v0/course/" + key + "/";
    }

    public String statsPath() {
        return "/completion-aggregator/v1/stats/" + key + "/";
    }

    public String structurePath() {
        return "/completion-aggregator/v1/structure/" + key + "/";
    }

    public String block(String type, String id) {
        if (key.contains("/")) {
            return "i4x://" + key.substring(0, key.lastIndexOf('/')) + "/" + type + "/" + id;
        }
        return key.replace("course-v1", "block-v1") + "+type@" + type + "+block@" + id;
    }

    public String structure() {
        return structure(List.of("ch1", "ch2"), Map.of(
                "ch1", List.of(block("sequential", "s1"), block("sequential", "s2")),
                "s1", List.of(block("html", "a"), block("html", "b")),
                "s2", List.of(block("html", "c"), block("html", "d")),
                "ch2", List.of(block("html", "e"), block("discussion", "talk"))));
    }

    /** Any children beneath a root and its chapters; the names of blocks are {@code ch…}, {@code s…} or anything. */
    public String structure(List<String> chapters, Map<String, List<String>> children) {
        var all = new java.util.LinkedHashMap<String, List<String>>();
        all.put(block("course", "course"), chapters.stream().map(name -> block("chapter", name)).toList());
        children.forEach((name, keys) -> all.put(block(name.startsWith("ch") ? "chapter" : "sequential", name), keys));
        children.values().forEach(keys -> keys.forEach(child -> all.putIfAbsent(child, List.of())));
        return document(all);
    }

    public String document(Map<String, List<String>> children) {
        return "{\"root\": \"" + block("course", "course") + "\", \"blocks\": {" + children.entrySet().stream()
                .map(entry -> block(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",\n")) + "}}";
    }

    private static String block(String key, List<String> children) {
        var type = key.startsWith("i4x") ? key.split("/")[4] : key.replaceFirst(".*type@", "").replaceFirst("\\+block@.*", "");
        return "\"%1$s\": {\"id\": \"%1$s\", \"type\": \"%2$s\", \"display_name\": \"Any\", \"children\": [%3$s]}".formatted(
                key, type, children.stream().map(child -> '"' + child + '"').collect(Collectors.joining(",")));
    }
}
