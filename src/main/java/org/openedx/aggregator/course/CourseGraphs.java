package org.openedx.aggregator.course;

import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.StructureTable.Stored;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The versions of every course's structure, and what is compiled from them.
 */
@ApplicationScoped
public class CourseGraphs {

    private final Pool pool;
    private final StructureTable table;
    private final KeyIds keyIds;
    private final Compilation compilation;
    private final CompiledCourses compiled;
    private final Publishing publishing;

    CourseGraphs(Pool pool, StructureTable table, KeyIds keyIds, Compilation compilation, CompiledCourses compiled,
            Publishing publishing) {
        this.pool = pool;
        this.table = table;
        this.keyIds = keyIds;
        this.compilation = compilation;
        this.compiled = compiled;
        this.publishing = publishing;
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
                .chain(courseId -> publishing.publish(courseId, upload));
    }

    /** The current version of a course; empty if none is known. */
    public Uni<Optional<StructureVersion>> current(CourseKey course) {
        return keyIds.find(course)
                .chain(this::currentOf);
    }

    /** What a course shows now; empty if no structure of it is known. */
    public Uni<Optional<CourseState>> state(int courseId) {
        return pool.preparedQuery("SELECT structure_id, released_at FROM course WHERE id = ?")
                .execute(Tuple.of(courseId))
                .map(rows -> state(rows.iterator().next()));
    }

    /**
     * Whether a course still shows what it did; if so, it does until the transaction ends.
     *
     * @return false also if it is being changed right now
     */
    public Uni<Boolean> holdState(SqlConnection transaction, int courseId, CourseState state) {
        return transaction.preparedQuery("SELECT structure_id, released_at FROM course WHERE id = ? LOCK IN SHARE MODE")
                .execute(Tuple.of(courseId))
                .map(rows -> state(rows.iterator().next()).equals(Optional.of(state)));
    }

    /** A stored version, compiled. */
    public Uni<CompiledCourse> course(int structureId) {
        return compiled.of(structureId);
    }

    /** How many graphs of parts of courses, which groups of learners see, are in memory. */
    public long parts() {
        return compiled.parts();
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
     * A version of the course that was compiled lately, most probably the current one. Good for planning only: who
     * needs the current version must ask for it.
     */
    public Optional<CompiledCourse> recent(int courseId) {
        return compiled.recent(courseId);
    }

    private static Optional<CourseState> state(Row row) {
        return row.getInteger(0) == null ? Optional.empty() : Optional.of(new CourseState(row.getInteger(0), row.getLong(1)));
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
