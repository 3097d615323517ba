package org.openedx.aggregator.course;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.StructureTable.Stored;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * The compiled versions in memory. A version never changes, so what is compiled serves until room is needed for others.
 */
@ApplicationScoped
class CompiledCourses {

    private static final int RECENT_COURSES = 10_000;

    private final Pool pool;
    private final StructureTable table;
    private final Compilation compilation;
    private final CourseMetrics metrics;
    private final Cache<Integer, CompiledCourse> courses;
    private final Cache<OpenWays, CourseGraph> parts;
    private final Cache<Integer, Integer> recent;

    CompiledCourses(Pool pool, StructureTable table, Compilation compilation, CourseConfig config,
            CourseMetrics metrics) {
        this.pool = pool;
        this.table = table;
        this.compilation = compilation;
        this.metrics = metrics;
        long bytes = config.cachedGraphs().asLongValue();
        this.courses = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Integer id, CompiledCourse course) -> course.bytes())
                .build();
        this.parts = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((OpenWays ways, CourseGraph graph) -> graph.bytes())
                .build();
        this.recent = Caffeine.newBuilder().maximumSize(RECENT_COURSES).build();
        metrics.watch(courses, parts);
    }

    Uni<CompiledCourse> of(int structureId) {
        var known = courses.getIfPresent(structureId);
        if (known != null) {
            metrics.hit();
            return Uni.createFrom().item(known);
        }
        var sample = metrics.miss();
        return table.version(pool, structureId)
                .chain(this::compile)
                .invoke(() -> metrics.compiled(sample));
    }

    Optional<CompiledCourse> recent(int courseId) {
        return Optional.ofNullable(recent.getIfPresent(courseId)).map(courses::getIfPresent);
    }

    /** How many parts of courses are in memory, beside the whole ones. */
    long parts() {
        return parts.estimatedSize();
    }

    private Uni<CompiledCourse> compile(Stored stored) {
        return compilation.nodes(stored)
                .map(nodes -> new CompiledCourse(stored.id(), stored.courseKey(), nodes, parts))
                .invoke(course -> courses.put(stored.id(), course))
                .invoke(course -> recent.asMap().merge(stored.courseId(), stored.id(), Math::max));
    }
}
