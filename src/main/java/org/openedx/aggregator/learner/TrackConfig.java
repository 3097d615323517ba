package org.openedx.aggregator.learner;

import java.util.Map;

import io.smallrye.config.ConfigMapping;

/** Enrolment tracks as the LMS numbers them. */
@ConfigMapping(prefix = "aggregator.track")
interface TrackConfig {

    /**
     * The group of each enrolment track in the LMS's enrolment track partition, over those of a stock installation
     * (audit 1, verified 2, professional 3, no-id-professional 4, credit 5, honor 6, masters 7); the ids of
     * COURSE_ENROLLMENT_MODES there: {@code aggregator.track.groups."executive-education"=8}.
     */
    Map<String, Integer> groups();
}
