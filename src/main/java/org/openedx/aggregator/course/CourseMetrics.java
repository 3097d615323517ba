package org.openedx.aggregator.course;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.benmanes.caffeine.cache.Cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What operators see of the compiled courses in memory. */
@ApplicationScoped
class CourseMetrics {

    private final MeterRegistry registry;
    private final Counter hits;
    private final Counter misses;
    private final Timer compilations;

    CourseMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.hits = registry.counter("completion.course.cache.requests", "result", "hit");
        this.misses = registry.counter("completion.course.cache.requests", "result", "miss");
        this.compilations = registry.timer("completion.course.compilation");
    }

    /** Shows how many bytes the two caches hold, by their own estimate. */
    void watch(Cache<?, ?> courses, Cache<?, ?> parts) {
        registry.gauge("completion.course.cache.bytes", courses, CourseMetrics::bytes);
        registry.gauge("completion.course.parts.bytes", parts, CourseMetrics::bytes);
    }

    void hit() {
        hits.increment();
    }

    /** A version is not in memory; the answer is stopped when it is. */
    Timer.Sample miss() {
        misses.increment();
        return Timer.start(registry);
    }

    void compiled(Timer.Sample sample) {
        sample.stop(compilations);
    }

    private static double bytes(Cache<?, ?> cache) {
        return cache.policy().eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L);
    }
}
