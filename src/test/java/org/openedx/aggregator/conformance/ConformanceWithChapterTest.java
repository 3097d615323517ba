package org.openedx.aggregator.conformance;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ConformanceWithChapterTest.Types.class)
class ConformanceWithChapterTest {

    public static class Types implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aggregator.course.registered-types", "course,chapter");
        }
    }

    static Stream<ConformanceCase> cases() {
        return ConformanceCase.withTypes(List.of("course", "chapter"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees_with_the_reference(ConformanceCase testCase) {
        try (var lms = new Lms()) {
            new ConformanceRun(testCase, lms).run();
        }
    }
}
