package org.openedx.aggregator.tracking;

import java.util.List;
import java.util.Map;

import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Database;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The service with progress events switched on, on a topic of its own. */
public class Tracked implements QuarkusTestProfile {

    static final String TOPIC = "progress-events-test";

    // Tests of other classes may have met a course and a learner of the same names.
    static void forget(SampleCourse course) {
        for (var table : List.of("progress", "block_completion", "stale_completion", "enrollment", "progress_event_outbox",
                "progress_event_clock")) {
            Database.rows("DELETE FROM " + table + " WHERE learner_id = ?", course.learnerId);
        }
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("aggregator.tracking.enabled", "true", "aggregator.tracking.topic", TOPIC);
    }
}
