package org.openedx.aggregator.api.status;

import java.time.Instant;
import java.util.List;

import org.openedx.aggregator.stale.ParkedEnrollments.Parked;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An enrolment that could not be computed.
 *
 * @param courseKey null where a whole learner or cohort could not be looked up
 * @param userId the learner; the negative id of the cohort, if it is one
 * @param attempts failures in a row
 */
@RegisterForReflection
public record ParkedView(@JsonProperty("course_key") String courseKey, @JsonProperty("user_id") long userId,
        @JsonProperty("marked_at") Instant markedAt, @JsonProperty("retry_at") Instant retryAt, int attempts, String reason) {

    static List<ParkedView> of(List<Parked> parked) {
        return parked.stream().map(ParkedView::of).toList();
    }

    private static ParkedView of(Parked parked) {
        return new ParkedView(parked.course().orElse(null), parked.learnerId(), parked.markedAt(), parked.retryAt(),
                parked.attempts(), parked.reason());
    }
}
