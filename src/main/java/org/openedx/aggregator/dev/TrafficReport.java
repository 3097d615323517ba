package org.openedx.aggregator.dev;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What was sent to the event bus.
 *
 * @param learners each with one enrolment event
 * @param firstUsername of the learners, whose names count up from here
 * @param completions how many tracking events
 * @param repeated how many of them say again what the one before said
 * @param partial how many of them say less than 1
 */
@JsonNaming(SnakeCaseStrategy.class)
record TrafficReport(String courseKey, int learners, String firstUsername, String lastUsername, int completions, int repeated,
        int partial) {
}
