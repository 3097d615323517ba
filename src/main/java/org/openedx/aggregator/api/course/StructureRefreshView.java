package org.openedx.aggregator.api.course;

import java.time.Instant;
import java.util.Locale;

import org.openedx.aggregator.course.StructureState;
import org.openedx.aggregator.key.CourseKey;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far the fetching of a course's structure is; what is not known is null.
 *
 * @param state idle, waiting, fetching, failing (it is tried again), or missing (the LMS knows no such course)
 * @param requestedAt the first of the requests that wait
 * @param attemptedAt the last fetch, if it failed
 * @param dueAt when it is fetched at the earliest
 * @param checkedAt when the stored structure last was the LMS's
 * @param reason why the last fetch failed
 */
public record StructureRefreshView(@JsonProperty("course_key") String courseKey, String state,
        @JsonProperty("requested_at") Instant requestedAt, @JsonProperty("attempted_at") Instant attemptedAt,
        @JsonProperty("due_at") Instant dueAt, @JsonProperty("checked_at") Instant checkedAt, String reason) {

    static StructureRefreshView of(CourseKey course, StructureState state) {
        return new StructureRefreshView(course.value(), state.phase().name().toLowerCase(Locale.ROOT),
                state.requestedAt().orElse(null), state.attemptedAt().orElse(null), state.dueAt().orElse(null),
                state.checkedAt().orElse(null), state.reason().orElse(null));
    }
}
