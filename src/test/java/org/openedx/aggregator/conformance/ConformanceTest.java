package org.openedx.aggregator.conformance;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ConformanceTest {

    static Stream<ConformanceCase> cases() {
        return ConformanceCase.withTypes(List.of("course", "chapter", "sequential", "vertical"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees_with_the_reference(ConformanceCase testCase) {
        try (var lms = new Lms()) {
            new ConformanceRun(testCase, lms).run();
        }
    }
}
