package org.openedx.aggregator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.oracle.Expected;
import org.openedx.aggregator.oracle.Oracle;
import org.openedx.aggregator.oracle.RandomCourse;
import org.openedx.aggregator.oracle.RandomEvents;
import org.openedx.aggregator.oracle.Sent;

class RandomRollUpTest {

    private static final long LEARNER = 7;

    @Test
    void five_hundred_random_courses_come_out_as_the_rules_say() {
        for (long seed = 0; seed < 500; seed++) {
            // Given
            var course = RandomCourse.of(seed, "c" + seed, 90);
            var events = RandomEvents.of(seed, course, List.of(LEARNER, 8L));

            // When
            var rows = rows(course, events);

            // Then
            assertThat(rows).as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(new Oracle(course).rows(events, LEARNER));
        }
    }

    private static List<Expected> rows(Course course, List<Sent> events) {
        var compiled = Compiled.of(course);
        var aggregates = compiled.rollUp(events, LEARNER).registered().unpack();
        var rows = new ArrayList<Expected>();
        for (int index = 0; index < aggregates.size(); index++) {
            var block = compiled.graph().registered().get(index);
            var sum = aggregates.get(index).orElseThrow();
            rows.add(new Expected(block.blockKey(), block.aggregationName(), sum.earned(), sum.possible(), sum.percent(),
                    Instant.EPOCH.plus(sum.lastModified(), ChronoUnit.MICROS)));
        }
        return rows;
    }
}
