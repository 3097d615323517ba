package org.openedx.aggregator.course;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.openedx.aggregator.course.CourseGraphs.Publication;
import org.openedx.aggregator.course.StructureTable.NewVersion;
import org.openedx.aggregator.course.StructureTable.Stored;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Changes what courses show: new versions, versions compiled with new settings, and release dates that have passed. */
@ApplicationScoped
class Publishing {

    private final Pool pool;
    private final Transactions transactions;
    private final StructureTable table;
    private final Instance<CourseListener> listeners;
    private final Compilation compilation;
    private final CompiledCourses compiled;

    Publishing(Pool pool, Transactions transactions, StructureTable table, @Any Instance<CourseListener> listeners,
            Compilation compilation, CompiledCourses compiled) {
        this.pool = pool;
        this.transactions = transactions;
        this.table = table;
        this.listeners = listeners;
        this.compilation = compilation;
        this.compiled = compiled;
    }

    /** Has every course show what was released since it was last looked at. Fails when all have had their turn. */
    Uni<Void> releaseDue() {
        return table.released(pool)
                .chain(due -> forEach(due, this::release));
    }

    /**
     * Compiles anew what was compiled with other settings than today's. Fails when all courses have had their turn if one
     * of them could not be.
     */
    Uni<Void> applyPolicy() {
        return table.compiledOtherwise(pool, compilation.policy().text())
                .chain(courseIds -> forEach(courseIds, this::publishAgain));
    }

    private static Uni<Void> forEach(List<Integer> courseIds, Function<Integer, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(courseIds)
                .onItem()
                .transformToUni(work)
                .collectFailures()
                .concatenate()
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> release(int courseId) {
        return table.current(pool, courseId)
                .map(Optional::orElseThrow)
                .chain(current -> compiled.of(current.id()))
                .chain(course -> release(courseId, course));
    }

    private Uni<Void> release(int courseId, CompiledCourse course) {
        return transactions.run(transaction -> release(transaction, courseId, course));
    }

    // Whoever publishes a version also shows what is released by then.
    private Uni<Void> release(SqlConnection transaction, int courseId, CompiledCourse course) {
        return table.lockCurrent(transaction, courseId)
                .chain(current -> current.map(Stored::id).equals(Optional.of(course.structureId()))
                        ? releaseHeld(transaction, courseId, course)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> releaseHeld(SqlConnection transaction, int courseId, CompiledCourse course) {
        return table.release(transaction, courseId, course.releases())
                .chain(() -> tellListeners(transaction, courseId));
    }

    private Uni<Publication> publishAgain(int courseId) {
        return table.current(pool, courseId)
                .map(Optional::orElseThrow)
                .chain(compilation::upload)
                .chain(upload -> publish(courseId, upload));
    }

    /** Makes a structure the current version of its course, unless it already is. */
    Uni<Publication> publish(int courseId, StructureUpload upload) {
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
                .transformToUniAndConcatenate(listener -> listener.onChanged(transaction, courseId))
                .onItem()
                .ignoreAsUni();
    }
}
