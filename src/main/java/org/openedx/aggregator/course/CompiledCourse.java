package org.openedx.aggregator.course;

import java.util.Optional;
import java.util.function.Function;

import org.openedx.aggregator.learner.Audience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** One version of a course, compiled: the whole of it, and the part that each audience sees. */
public final class CompiledCourse {

    // As many as a course has groups; each is a bit for every block.
    private static final int REMEMBERED_LOOKS = 100;

    private final String key;
    private final CompiledNodes nodes;
    private final CourseGraph whole;
    private final Cache<OpenWays, CourseGraph> parts;
    private final Cache<Look, Optional<OpenWays>> looks = Caffeine.newBuilder().maximumSize(REMEMBERED_LOOKS).build();

    /** Who looks, and when. */
    private record Look(Audience audience, long releasedAt) {
    }

    CompiledCourse(int structureId, String key, CompiledNodes nodes, Cache<OpenWays, CourseGraph> parts) {
        this.key = key;
        this.nodes = nodes;
        this.parts = parts;
        this.whole = new CourseGraph(structureId, nodes, OpenWays.all(structureId, nodes));
    }

    /** The course's key. */
    public String key() {
        return key;
    }

    /** Names the course version. */
    public int structureId() {
        return whole.structureId();
    }

    /** All blocks that count, as the course's staff see them. */
    public CourseGraph whole() {
        return whole;
    }

    /**
     * Whether it makes a difference who looks.
     *
     * @param releasedAt the instant as of which blocks are released, in microseconds since 1970-01-01T00:00:00Z
     */
    public boolean dependsOnAudience(long releasedAt) {
        return nodes.rules().restrict(releasedAt);
    }

    /** An audience reduced to what makes a difference in this course: equal ones see the same. */
    public Audience relevant(Audience audience) {
        return nodes.rules().relevant(audience, nodes.all());
    }

    /** The part of the course that an audience sees; empty if the course is not open to it at all. */
    public Optional<CourseGraph> seenBy(Audience audience, long releasedAt) {
        if (audience.staff() || !dependsOnAudience(releasedAt)) {
            return Optional.of(whole);
        }
        // Selections are each learner's own and would drive out what many share.
        var look = new Look(audience, releasedAt);
        return audience.selections().isEmpty()
                ? looks.get(look, this::look).map(this::part)
                : look(look).map(ways -> new CourseGraph(structureId(), nodes, ways));
    }

    Releases releases() {
        return nodes.rules().releases();
    }

    int bytes() {
        return nodes.bytes() + whole.bytes() + REMEMBERED_LOOKS * (200 + nodes.children().length / Byte.SIZE);
    }

    private Optional<OpenWays> look(Look look) {
        return OpenWays.of(structureId(), nodes, look.audience(), look.releasedAt());
    }

    private CourseGraph part(OpenWays ways) {
        if (ways.equals(whole.ways())) {
            return whole;
        }
        Function<OpenWays, CourseGraph> compile = it -> new CourseGraph(structureId(), nodes, it);
        return parts.get(ways, compile);
    }
}
