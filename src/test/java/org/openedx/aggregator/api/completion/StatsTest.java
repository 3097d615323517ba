package org.openedx.aggregator.api.completion;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class StatsTest {

    private static final Map<String, Float> ZEROS = Map.of("earned", 0.0f, "possible", 0.0f, "percent", 0.0f);

    private static SampleCourse shared;

    private SampleCourse course;

    @BeforeEach
    void publishOnce() {
        if (shared == null) {
            shared = SampleCourse.unknown().inUse();
            try (var lms = new Lms()) {
                lms.enroll(shared.learnerId + 1, shared.learner + ".1", shared.key);
                lms.enroll(shared.learnerId + 2, shared.learner + ".2", shared.key);
                lms.complete(shared.learnerId + 2, shared.key, shared.block("html", "a"), 1.0, "2026-05-04T12:00:00Z");
                lms.unenroll(shared.learnerId + 2, shared.learner + ".2", shared.key);
                lms.awaitIngested();
            }
            org.openedx.aggregator.support.Database.awaitAggregated(shared.key);
        }
        course = shared;
    }

    @Test
    void the_mean_is_over_who_is_enrolled() {
        Caller.asStaff().get(course.statsPath()).then().statusCode(200)
                .body("size()", is(1))
                .body("results", is(List.of(Map.of("course_key", course.key, "mean_completion",
                        Map.of("earned", 0.75f, "possible", 5.0f, "percent", 0.15f)))));
        Caller.asStaff().get(course.path() + "?requested_fields=mean").then().statusCode(200)
                .body("results.mean", is(List.of(0.15f, 0.15f)));
    }

    @Test
    void a_course_without_anybody_has_zeros() {
        for (var empty : List.of(SampleCourse.unknown(), SampleCourse.unknown().publish())) {
            Caller.asStaff().get(empty.statsPath()).then().statusCode(200)
                    .body("results", hasSize(1))
                    .body("results[0].course_key", is(empty.key))
                    .body("results[0].mean_completion", is(ZEROS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "cohorts=17", "cohorts=-1", "cohorts=9223372036854775807" })
    void a_cohort_without_anybody_has_zeros(String query) {
        Caller.asStaff().get(course.statsPath() + "?" + query).then().statusCode(200)
                .body("results[0].mean_completion", is(ZEROS));
    }

    @ParameterizedTest
    @ValueSource(strings = { "cohorts=", "exclude_roles=staff,beta_testers", "exclude_roles=,,", "exclude_roles=%F0%9F%98%80",
            "unknown=1", "requested_fields=" })
    void who_has_no_such_role_stays_in(String query) {
        Caller.asStaff().get(course.statsPath() + "?" + query).then().statusCode(200)
                .body("results[0].mean_completion.earned", is(0.75f));
    }

    @ParameterizedTest
    @ValueSource(strings = { "abc", "1,2", "1.0", "99999999999999999999", "a%F0%9F%98%80" })
    void a_cohort_that_is_no_number_is_refused(String cohorts) {
        Caller.asStaff().get(course.statsPath() + "?cohorts=" + cohorts).then().statusCode(400)
                .body("detail", is("Invalid cohorts value: '" + cohorts.replace("%F0%9F%98%80", "\uD83D\uDE00") + "'."));
    }

    @ParameterizedTest
    @ValueSource(strings = { "mean", "chapter", "foo" })
    void fields_are_refused(String fields) {
        Caller.asStaff().get(course.statsPath() + "?requested_fields=" + fields).then().statusCode(400)
                .body("detail", is("Invalid requested_fields value(s): {'" + fields + "'}"));
    }

    @Test
    void only_staff_may_see_them() {
        Caller.as(course.learner).get(course.statsPath()).then().statusCode(403)
                .body("detail", is("You do not have permission to perform this action."));
        Caller.anonymous().get(course.statsPath()).then().statusCode(401);
        Caller.asStaff().contentType("application/json").body("{}").post(course.statsPath()).then().statusCode(405);
    }
}
