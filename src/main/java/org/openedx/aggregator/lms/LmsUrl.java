package org.openedx.aggregator.lms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.openedx.aggregator.key.CourseKey;

/** Addresses of the LMS. */
final class LmsUrl {

    private LmsUrl() {
    }

    /** @throws java.util.NoSuchElementException if no LMS is configured */
    static String of(LmsConfig config, String path) {
        var base = config.url().orElseThrow().toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    /** A key as it stands in a path or a query, where a plus is a space. */
    static String encoded(CourseKey course) {
        return URLEncoder.encode(course.value(), StandardCharsets.UTF_8);
    }
}
