package org.openedx.aggregator.aggregation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.completion.Completions;
import org.openedx.aggregator.course.CompiledCourse;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Audience;
import org.openedx.aggregator.learner.Audiences;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Detail;
import org.openedx.aggregator.progress.EnrollmentProgress;
import org.openedx.aggregator.progress.Progress;
import org.openedx.aggregator.progress.ProgressReader;
import org.openedx.aggregator.progress.ProgressReader.Slice;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Progress as it is asked for. One learner's own numbers are always current: what is stale is computed on the fly and
 * not stored. Lists over many learners show stored results.
 */
@ApplicationScoped
public class LiveProgress {

    private final ProgressReader reader;
    private final Audiences audiences;
    private final Completions completions;
    private final CourseGraphs graphs;
    private final KeyIds keyIds;

    LiveProgress(ProgressReader reader, Audiences audiences, Completions completions, CourseGraphs graphs, KeyIds keyIds) {
        this.reader = reader;
        this.audiences = audiences;
        this.completions = completions;
        this.graphs = graphs;
        this.keyIds = keyIds;
    }

    /**
     * A learner in one course, with the blocks of some types; fails with {@link NotEnrolledException} without an active
     * enrolment.
     */
    public Uni<LearnerProgress> of(CourseKey course, String username, Set<String> types, Optional<UsageKey> rootBlock) {
        return keyIds.find(course)
                .map(found -> orFail(found, new NotEnrolledException(username, course)))
                .chain(courseId -> of(courseId, course, username, types, rootBlock));
    }

    /** The courses of a learner. */
    public Uni<List<LearnerProgress>> ofLearner(long learnerId, boolean mobileOnly, Slice slice, Set<String> types) {
        return show(reader.ofLearner(learnerId, mobileOnly, slice, detail(types)),
                new Shown(!types.isEmpty(), true, OptionalInt.empty()));
    }

    /** The learners of a course. */
    public Uni<List<LearnerProgress>> ofCourse(CourseKey course, Optional<List<Long>> learnerIds, Slice slice,
            Set<String> types,
            Optional<UsageKey> rootBlock) {
        return keyIds.find(course)
                .chain(courseId -> courseId.isPresent()
                        ? ofCourse(courseId.get(), learnerIds, slice, types, rootBlock)
                        : Uni.createFrom().item(List.of()));
    }

    private Uni<List<LearnerProgress>> ofCourse(int courseId, Optional<List<Long>> learnerIds, Slice slice, Set<String> types,
            Optional<UsageKey> rootBlock) {
        var rows = reader.ofCourse(courseId, learnerIds, slice, detail(courseId, types));
        return blockId(courseId, rootBlock)
                .map(root -> new Shown(!types.isEmpty(), false, root))
                .chain(shown -> show(rows, shown));
    }

    private Uni<LearnerProgress> of(int courseId, CourseKey course, String username, Set<String> types,
            Optional<UsageKey> rootBlock) {
        var row = reader.of(courseId, username, detail(courseId, types))
                .map(found -> orFail(found, new NotEnrolledException(username, course)))
                .map(List::of);
        return blockId(courseId, rootBlock)
                .map(root -> new Shown(!types.isEmpty(), true, root))
                .chain(shown -> show(row, shown))
                .map(progress -> progress.get(0));
    }

    private static Detail detail(Set<String> types) {
        return types.isEmpty() ? Detail.COURSE : Detail.ALL_BLOCKS;
    }

    Detail detail(int courseId, Set<String> types) {
        if (types.isEmpty()) {
            return Detail.COURSE;
        }
        return graphs.recent(courseId)
                .map(CompiledCourse::whole)
                .map(graph -> Detail.firstBlocks(graph.structureId(), graph.registered().prefix(types)))
                .orElse(Detail.ALL_BLOCKS);
    }

    private Uni<OptionalInt> blockId(int courseId, Optional<UsageKey> block) {
        if (block.isEmpty()) {
            return Uni.createFrom().item(OptionalInt.empty());
        }
        var unknown = new BlockNotFoundException(block.get());
        return keyIds.find(courseId, block.get())
                .map(found -> orFail(found, unknown))
                .call(blockId -> requireInCourse(courseId, blockId, unknown))
                .map(OptionalInt::of);
    }

    // A block may be known from an event alone, or from an older version of the course.
    private Uni<Boolean> requireInCourse(int courseId, int blockId, BlockNotFoundException unknown) {
        return graphs.state(courseId)
                .map(found -> orFail(found, unknown))
                .chain(state -> graphs.course(state.structureId()))
                .map(known -> known.whole().node(blockId).isPresent())
                .invoke(present -> require(present, unknown));
    }

    private static void require(boolean present, BlockNotFoundException unknown) {
        if (!present) {
            throw unknown;
        }
    }

    private static <T> T orFail(Optional<T> found, RuntimeException failure) {
        return found.orElseThrow(() -> failure);
    }

    Uni<List<LearnerProgress>> show(Uni<List<EnrollmentProgress>> rows, Shown shown) {
        return rows.chain(found -> show(found, shown));
    }

    private Uni<List<LearnerProgress>> show(List<EnrollmentProgress> rows, Shown shown) {
        var toCompute = rows.stream()
                .filter(row -> mustCompute(row, shown))
                .map(EnrollmentProgress::enrollment)
                .collect(Collectors.toSet());
        return coursesFor(rows, shown)
                .chain(courses -> show(rows, shown, courses, toCompute));
    }

    private Uni<List<LearnerProgress>> show(List<EnrollmentProgress> rows, Shown shown, Map<Integer, CompiledCourse> courses,
            Set<Enrollment> toCompute) {
        return Uni.combine()
                .all()
                .unis(audiences(rows, courses, toCompute), completions.of(toCompute))
                .with((seenBy, facts) -> new Presentation(shown, courses, seenBy, facts, toCompute).of(rows));
    }

    private Uni<Map<Enrollment, Audience>> audiences(List<EnrollmentProgress> rows, Map<Integer, CompiledCourse> courses,
            Set<Enrollment> toCompute) {
        return audiences.of(rows.stream()
                .filter(row -> toCompute.contains(row.enrollment()))
                .filter(row -> courses.get(row.structureId().orElseThrow()).dependsOnAudience(row.releasedAt()))
                .map(EnrollmentProgress::enrollment)
                .toList());
    }

    private static boolean mustCompute(EnrollmentProgress row, Shown shown) {
        return row.structureId().isPresent()
                && (shown.rootBlock().isPresent() || shown.recompute() && !row.isFresh());
    }

    private Uni<Map<Integer, CompiledCourse>> coursesFor(List<EnrollmentProgress> rows, Shown shown) {
        var ids = rows.stream()
                .flatMap(row -> versionOf(row, shown))
                .collect(Collectors.toSet());
        var loaded = new HashMap<Integer, CompiledCourse>();
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(graphs::course)
                .onItem()
                .invoke(course -> loaded.put(course.structureId(), course))
                .onItem()
                .ignoreAsUni()
                .replaceWith(loaded);
    }

    // A stored result is read by the version it was computed on.
    private static Stream<Integer> versionOf(EnrollmentProgress row, Shown shown) {
        if (mustCompute(row, shown)) {
            return row.structureId().stream();
        }
        return shown.blocks() ? row.stored().map(Progress::structureId).stream() : Stream.empty();
    }
}
