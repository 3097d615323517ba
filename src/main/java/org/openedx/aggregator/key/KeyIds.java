package org.openedx.aggregator.key;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * The dictionary between opaque keys and the integer ids that stand for them in every table. An id, once given, never
 * changes and is never taken back, so it may be remembered for ever.
 */
@ApplicationScoped
public class KeyIds {

    private final Pool pool;
    private final Cache<String, Integer> courses;
    private final Cache<BlockOfCourse, Integer> blocks;

    private record BlockOfCourse(int courseId, String blockKey) {
    }

    KeyIds(Pool pool, KeyConfig config) {
        this.pool = pool;
        this.courses = Caffeine.newBuilder().maximumSize(config.rememberedCourses()).build();
        this.blocks = Caffeine.newBuilder().maximumSize(config.rememberedBlocks()).build();
    }

    /** The id of a course that has been heard of; empty for any other. */
    public Uni<Optional<Integer>> find(CourseKey course) {
        var known = courses.getIfPresent(course.value());
        if (known != null) {
            return Uni.createFrom().item(Optional.of(known));
        }
        return IdTable.ofCourses(pool)
                .find(List.of(course.value()))
                .invoke(courses::putAll)
                .map(ids -> Optional.ofNullable(ids.get(course.value())));
    }

    /** The id of a course's block that has been heard of; empty for any other. */
    public Uni<Optional<Integer>> find(int courseId, UsageKey block) {
        var known = blocks.getIfPresent(new BlockOfCourse(courseId, block.value()));
        if (known != null) {
            return Uni.createFrom().item(Optional.of(known));
        }
        return IdTable.ofBlocks(pool, courseId)
                .find(List.of(block.value()))
                .map(ids -> Optional.ofNullable(ids.get(block.value())));
    }

    /** The id of a course, given now if it was never heard of. */
    public Uni<Integer> of(CourseKey course) {
        return of(Set.of(course)).map(ids -> ids.get(course));
    }

    /** The ids of courses; those never heard of get theirs now. */
    public Uni<Map<CourseKey, Integer>> of(Collection<CourseKey> keys) {
        var ids = new HashMap<CourseKey, Integer>();
        var missing = new HashMap<String, CourseKey>();
        for (var key : keys) {
            var known = courses.getIfPresent(key.value());
            if (known == null) {
                missing.put(key.value(), key);
            } else {
                ids.put(key, known);
            }
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(ids);
        }
        return IdTable.ofCourses(pool)
                .resolve(missing.keySet())
                .invoke(courses::putAll)
                .map(found -> with(ids, missing, found));
    }

    /** The ids of a course's blocks; those never heard of get theirs now. */
    public Uni<Map<UsageKey, Integer>> of(int courseId, Collection<UsageKey> keys) {
        var ids = new HashMap<UsageKey, Integer>();
        var missing = new HashMap<String, UsageKey>();
        for (var key : keys) {
            var known = blocks.getIfPresent(new BlockOfCourse(courseId, key.value()));
            if (known == null) {
                missing.put(key.value(), key);
            } else {
                ids.put(key, known);
            }
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(ids);
        }
        return IdTable.ofBlocks(pool, courseId)
                .resolve(missing.keySet())
                .invoke(found -> remember(courseId, found))
                .map(found -> with(ids, missing, found));
    }

    private void remember(int courseId, Map<String, Integer> found) {
        found.forEach((text, id) -> blocks.put(new BlockOfCourse(courseId, text), id));
    }

    private static <K> Map<K, Integer> with(Map<K, Integer> ids, Map<String, K> missing, Map<String, Integer> found) {
        missing.forEach((text, key) -> ids.put(key, found.get(text)));
        return ids;
    }
}
