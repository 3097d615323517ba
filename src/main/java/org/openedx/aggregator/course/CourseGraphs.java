package org.openedx.aggregator.course;

import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.openedx.aggregator.course.StructureTable.NewVersion;
import org.openedx.aggregator.course.StructureTable.Stored;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.transaction.Transactions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The versions of every course's structure, and the graphs compiled from them. A version never changes, so a graph, once
 * compiled, serves until room is needed for others.
 */
@ApplicationScoped
public class CourseGraphs {

    private static final int RECENT_COURSES = 10_000;

    private final Pool pool;
    private final Transactions transactions;
    private final StructureTable table;
    private final KeyIds keyIds;
    private final Instance<StructureListener> listeners;
    private final Compilation compilation;
    private final Cache<Integer, CourseGraph> graphs;
    private final Cache<Integer, Integer> recent;

    CourseGraphs(Pool pool, Transactions transactions, StructureTable table, KeyIds keyIds,
            @Any Instance<StructureListener> listeners, Compilation compilation, CourseConfig config) {
        this.pool = pool;
        this.transactions = transactions;
        this.table = table;
        this.keyIds = keyIds;
        this.listeners = listeners;
        this.compilation = compilation;
        this.graphs = Caffeine.newBuilder()
                .maximumWeight(config.cachedGraphs().asLongValue())
                .weigher((Integer id, CourseGraph graph) -> graph.bytes())
                .build();
        this.recent = Caffeine.newBuilder().maximumSize(RECENT_COURSES).build();
    }

    /** What publishing a structure came to: the current version, and whether it is a new one. */
    public record Publication(StructureVersion version, boolean isNew) {
    }

    /**
     * Makes a structure the current version of its course, unless it already is.
     *
     * @param mobileAvailable whether the course is available on mobile devices; empty leaves that as it is
     */
    public Uni<Publication> publish(StructureUpload upload, Optional<Boolean> mobileAvailable) {
        return keyIds.of(upload.structure().course())
                .call(courseId -> table.setMobileAvailable(pool, courseId, mobileAvailable))
                .chain(courseId -> publish(courseId, upload));
    }

    /** The current version of a course; empty if none is known. */
    public Uni<Optional<StructureVersion>> current(CourseKey course) {
        return keyIds.find(course)
                .chain(this::currentOf);
    }

    /** The id of a course's current version; empty if none is known. */
    public Uni<Optional<Integer>> currentId(int courseId) {
        return pool.preparedQuery("SELECT structure_id FROM course WHERE id = ?")
                .execute(Tuple.of(courseId))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getInteger(0)));
    }

    /**
     * Whether a version is still the current one; if so, it stays that until the transaction ends.
     *
     * @return false also if a newer version is being published right now
     */
    public Uni<Boolean> holdCurrent(SqlConnection transaction, int courseId, int structureId) {
        return transaction.preparedQuery("SELECT structure_id FROM course WHERE id = ? LOCK IN SHARE MODE")
                .execute(Tuple.of(courseId))
                .map(rows -> rows.iterator().next().getInteger(0) == structureId);
    }

    /** The graph of a stored version. */
    public Uni<CourseGraph> graph(int structureId) {
        var known = graphs.getIfPresent(structureId);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return table.version(pool, structureId)
                .chain(this::compile);
    }

    /** Removes versions that were replaced and that no result refers to; answers how many. */
    public Uni<Integer> purgeReplaced() {
        return table.purgeReplaced(pool);
    }

    /** The block types that aggregate, whether or not results are kept for them. */
    public Set<String> aggregatorTypes() {
        return compilation.policy().aggregatorTypes();
    }

    /**
     * A graph of the course that was compiled lately, most probably of its current version. Good for planning only: who
     * needs the current version must ask for it.
     */
    public Optional<CourseGraph> recent(int courseId) {
        return Optional.ofNullable(recent.getIfPresent(courseId)).map(graphs::getIfPresent);
    }

    /**
     * Compiles anew what was compiled with other settings than today's. Fails when all courses have had their turn if one
     * of them could not be.
     */
    Uni<Void> applyPolicy() {
        return table.compiledOtherwise(pool, compilation.policy().text())
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUni(this::publishAgain)
                .collectFailures()
                .concatenate()
                .onItem()
                .ignoreAsUni();
    }

    private Uni<CourseGraph> compile(Stored stored) {
        return compilation.graph(stored)
                .invoke(graph -> graphs.put(stored.id(), graph))
                .invoke(graph -> recent.asMap().merge(stored.courseId(), stored.id(), Math::max));
    }

    private Uni<Publication> publishAgain(int courseId) {
        return table.current(pool, courseId)
                .map(Optional::orElseThrow)
                .chain(compilation::upload)
                .chain(upload -> publish(courseId, upload));
    }

    private Uni<Publication> publish(int courseId, StructureUpload upload) {
        return compilation.newVersion(courseId, upload)
                .chain(version -> store(courseId, version))
                .map(stored -> new Publication(compilation.version(stored.id(), upload), stored.isNew()));
    }

    private record Outcome(int id, boolean isNew) {
    }

    private Uni<Outcome> store(int courseId, NewVersion version) {
        return transactions.run(transaction -> store(transaction, courseId, version));
    }

    // The course row is locked first: a batch that aggregates the old version either finishes before, and its learners
    // are marked again here, or finds afterwards that its version is no longer current.
    private Uni<Outcome> store(SqlConnection transaction, int courseId, NewVersion version) {
        return table.lockCurrent(transaction, courseId)
                .chain(current -> isIn(current, version)
                        ? Uni.createFrom().item(new Outcome(current.get().id(), false))
                        : add(transaction, courseId, version));
    }

    private static boolean isIn(Optional<Stored> current, NewVersion version) {
        return current.isPresent() && current.get().holds(version);
    }

    private Uni<Outcome> add(SqlConnection transaction, int courseId, NewVersion version) {
        return table.add(transaction, courseId, version)
                .call(() -> tellListeners(transaction, courseId))
                .map(id -> new Outcome(id, true));
    }

    private Uni<Void> tellListeners(SqlConnection transaction, int courseId) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.onPublished(transaction, courseId))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Optional<StructureVersion>> currentOf(Optional<Integer> courseId) {
        if (courseId.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return table.current(pool, courseId.get())
                .chain(this::versionOf);
    }

    private Uni<Optional<StructureVersion>> versionOf(Optional<Stored> stored) {
        if (stored.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return compilation.upload(stored.get())
                .map(upload -> Optional.of(compilation.version(stored.get().id(), upload)));
    }
}
