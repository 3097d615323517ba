package org.openedx.aggregator.api.course;

import java.util.Map;

import org.openedx.aggregator.course.CourseGraphs.Publication;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What publishing a structure came to.
 *
 * @param version what the publisher calls the version, or else the service's own number
 * @param isNew false if the course had this structure already
 * @param types how many blocks there are of each type
 * @param modes how many blocks there are of each completion mode
 */
public record StructureView(@JsonProperty("course_key") String courseKey, String version, @JsonProperty("new") boolean isNew,
        Map<String, Integer> types, Map<String, Integer> modes) {

    static StructureView of(Publication publication) {
        var version = publication.version();
        return new StructureView(version.structure().course().value(),
                version.label().orElse(Integer.toString(version.id())), publication.isNew(), version.countsByType(),
                version.countsByMode());
    }
}
