package org.openedx.aggregator.api.status;

import java.time.Instant;
import java.util.List;

import org.openedx.aggregator.course.StructureList.CurrentVersion;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The structure that a course shows.
 *
 * @param version what the publisher calls it, or else the service's own number
 * @param blocks how many it has; null if it is from before that was counted
 * @param checkedAt when it last was the LMS's; null if it was never compared
 */
@RegisterForReflection
public record VersionView(@JsonProperty("course_key") String courseKey, String version, Integer blocks, Instant created,
        @JsonProperty("age_seconds") long ageSeconds, @JsonProperty("checked_at") Instant checkedAt) {

    static List<VersionView> of(List<CurrentVersion> versions) {
        return versions.stream().map(VersionView::of).toList();
    }

    private static VersionView of(CurrentVersion version) {
        return new VersionView(version.course(), version.label().orElse(Integer.toString(version.id())),
                version.blocks().isPresent() ? version.blocks().getAsInt() : null, version.created(),
                version.age().toSeconds(), version.checkedAt().orElse(null));
    }
}
