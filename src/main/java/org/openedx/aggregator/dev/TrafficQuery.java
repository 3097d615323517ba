package org.openedx.aggregator.dev;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** How much traffic is wanted. Texts that are checked: the framework answers 404 to a parameter that is no number. */
public class TrafficQuery {

    private static final String WHOLE_NUMBER = "0*[1-9][0-9]{0,6}";
    private static final String NO_WHOLE_NUMBER = "must be a whole number greater than 0";

    @QueryParam("learners")
    @DefaultValue("200")
    @Pattern(regexp = WHOLE_NUMBER, message = NO_WHOLE_NUMBER)
    @Max(100_000)
    String learners;

    @QueryParam("events")
    @DefaultValue("20000")
    @Pattern(regexp = WHOLE_NUMBER, message = NO_WHOLE_NUMBER)
    @Max(1_000_000)
    String events;

    int learners() {
        return Integer.parseInt(learners);
    }

    int events() {
        return Integer.parseInt(events);
    }
}
