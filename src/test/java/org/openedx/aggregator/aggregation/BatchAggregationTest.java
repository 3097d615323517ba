package org.openedx.aggregator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.completion.BlockCompletion;
import org.openedx.aggregator.completion.Completions;
import org.openedx.aggregator.completion.FrozenCompletions;
import org.openedx.aggregator.course.CourseGraphFixture;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.StructureRequests;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Audiences;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.oracle.SmallCourse;
import org.openedx.aggregator.progress.ProgressStore;
import org.openedx.aggregator.stale.StaleBatch;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

@QuarkusTest
@TestProfile(NoAggregation.class)
class BatchAggregationTest {

    private static final long ANN = 1;
    private static final long BOB = 2;
    private static final long NOON = 1_772_366_400_000_000L;

    private static int count;

    @Inject
    BatchAggregation aggregation;

    @Inject
    CourseGraphs graphs;

    @Inject
    Completions completions;

    @Inject
    ProgressStore progress;

    @Inject
    StaleLedger ledger;

    @Inject
    Audiences audiences;

    @Inject
    Transactions transactions;

    @Inject
    AggregationMetrics metrics;

    @Inject
    BatchTraces traces;

    @Inject
    StructureRequests requests;

    @Inject
    KeyIds keyIds;

    @Inject
    Pool pool;

    private SmallCourse course;

    @BeforeEach
    void aCourseOfItsOwn() {
        Database.rows("DELETE FROM stale_completion");
        course = new SmallCourse("Batch" + count++);
    }

    @Test
    void stale_enrollments_are_aggregated_and_resolved() {
        // Given
        publish(4);
        enroll(ANN, BOB);
        complete(ANN, 0, 1.0, NOON);
        complete(ANN, 1, 0.5, NOON + 1);

        // When
        aggregate(claim());

        // Then
        assertThat(earned(ANN)).isEqualTo("1.5 of 4.0");
        assertThat(earned(BOB)).isEqualTo("0.0 of 4.0");
        assertThat(marks()).isZero();
    }

    @Test
    void an_unchanged_result_is_not_written_again() {
        // Given
        publish(4);
        enroll(ANN);
        complete(ANN, 0, 1.0, NOON);
        aggregate(claim());
        Database.rows("UPDATE progress SET modified = '2020-01-01' WHERE course_id = ?", courseId());
        mark(ANN);

        // When
        aggregate(claim());

        // Then
        assertThat(modifiedYear()).isEqualTo(2020);
        assertThat(marks()).isZero();
    }

    @Test
    void a_changed_result_is_written() {
        // Given
        publish(4);
        enroll(ANN);
        aggregate(claim());
        Database.rows("UPDATE progress SET modified = '2020-01-01' WHERE course_id = ?", courseId());
        complete(ANN, 0, 0.0, NOON);

        // When
        aggregate(claim());

        // Then
        assertThat(modifiedYear()).as("last_modified has changed, if not the sum").isGreaterThan(2020);
    }

    @Test
    void who_is_not_enrolled_gets_no_result() {
        // Given
        publish(4);
        Database.rows("INSERT INTO enrollment VALUES (?, ?, FALSE, 'audit', 1)", courseId(), BOB);
        complete(ANN, 0, 1.0, NOON);
        complete(BOB, 0, 1.0, NOON);

        // When
        aggregate(claim());

        // Then
        assertThat(results()).isZero();
        assertThat(marks()).isZero();
    }

    @Test
    void a_course_without_a_structure_waits_for_it_without_marks() {
        // Given
        enroll(ANN);
        complete(ANN, 0, 1.0, NOON);
        aggregate(claim());

        // When
        publish(2);
        aggregate(claim());

        // Then
        assertThat(earned(ANN)).isEqualTo("1.0 of 2.0");
    }

    @Test
    void a_completion_that_lands_in_between_is_aggregated_next() {
        // Given
        publish(4);
        enroll(ANN);
        complete(ANN, 0, 1.0, NOON);
        var landing = completing(ANN, 1, 1.0, NOON);

        // When
        Result.of(worker(landing).aggregate(claim()));

        // Then
        assertThat(marks()).isEqualTo(1);
        aggregate(claim());
        assertThat(earned(ANN)).isEqualTo("2.0 of 4.0");
        assertThat(marks()).isZero();
    }

    @Test
    void a_worker_frozen_past_its_lease_does_not_overwrite_what_another_has_done_since() {
        // Given
        publish(4);
        enroll(ANN);
        complete(ANN, 0, 1.0, NOON);
        var another = completing(ANN, 1, 1.0, NOON)
                .chain(() -> pool.query("UPDATE stale_completion SET due_at = marked_at").execute())
                .chain(() -> ledger.claim(10))
                .chain(aggregation::aggregate);

        // When
        Result.of(worker(another).aggregate(claim()));

        // Then
        assertThat(earned(ANN)).isEqualTo("2.0 of 4.0");
        assertThat(marks()).isZero();
    }

    @Test
    void a_worker_frozen_past_its_lease_does_not_resolve_what_another_holds() {
        // Given
        publish(4);
        enroll(ANN);
        var another = pool.query("UPDATE stale_completion SET due_at = marked_at").execute()
                .chain(() -> ledger.claim(10));

        // When
        Result.of(worker(another).aggregate(claim()));

        // Then
        assertThat(marks()).isEqualTo(1);
        assertThat(results()).isZero();
    }

    @Test
    void a_result_on_a_version_that_was_replaced_meanwhile_is_not_stored() {
        // Given
        publish(4);
        enroll(ANN);
        complete(ANN, 0, 1.0, NOON);
        var publishing = Uni.createFrom().deferred(() -> graphs.publish(upload(7), Optional.empty()));

        // When
        Result.of(worker(publishing).aggregate(claim()));

        // Then
        assertThat(results()).isZero();
        assertThat(marks()).isEqualTo(1);
        aggregate(claim());
        assertThat(earned(ANN)).isEqualTo("1.0 of 7.0");
    }

    @Test
    void blocks_that_a_new_version_does_not_have_go_with_the_next_result() {
        // Given
        publish(4);
        enroll(ANN);
        complete(ANN, 3, 1.0, NOON);
        aggregate(claim());

        // When
        publish(2);
        aggregate(claim());

        // Then
        assertThat(earned(ANN)).isEqualTo("0.0 of 2.0");
    }

    private BatchAggregation worker(Uni<?> frozenWhile) {
        return new BatchAggregation(graphs, audiences, new FrozenCompletions(pool, frozenWhile), progress, ledger,
                transactions, metrics, requests, traces);
    }

    private StaleBatch claim() {
        return Result.of(ledger.claim(100));
    }

    private void aggregate(StaleBatch batch) {
        Result.of(aggregation.aggregate(batch));
    }

    private void publish(int leaves) {
        Result.of(graphs.publish(upload(leaves), Optional.empty()));
    }

    private StructureUpload upload(int leaves) {
        var structure = CourseGraphFixture.structure(course.key(), course.withLeaves(leaves).json());
        return new StructureUpload(structure, Optional.empty());
    }

    private int courseId() {
        return Result.of(keyIds.of(CourseKey.parse(course.key())));
    }

    private void enroll(long... learners) {
        for (long learner : learners) {
            Database.rows("INSERT INTO enrollment VALUES (?, ?, TRUE, 'audit', 1)", courseId(), learner);
            mark(learner);
        }
    }

    private void mark(long learner) {
        var enrollment = new Enrollment(courseId(), learner);
        Result.of(transactions.run(transaction -> ledger.mark(transaction, List.of(enrollment))));
    }

    private void complete(long learner, int leaf, double completion, long modified) {
        Result.of(completing(learner, leaf, completion, modified));
    }

    private Uni<Void> completing(long learner, int leaf, double completion, long modified) {
        var enrollment = new Enrollment(courseId(), learner);
        int block = Result.of(keyIds.of(courseId(), List.of(UsageKey.parse(course.leaf(leaf))))).values().iterator().next();
        var fact = new BlockCompletion(enrollment, block, OptionalDouble.of(completion), modified);
        return transactions.run(transaction -> completions.record(transaction, List.of(fact))
                .chain(() -> ledger.mark(transaction, List.of(enrollment))));
    }

    private String earned(long learner) {
        Map<String, Object> row = Database.rows("SELECT earned, possible FROM progress WHERE course_id = ? AND learner_id = ?",
                courseId(), learner).get(0);
        return row.get("earned") + " of " + row.get("possible");
    }

    private long results() {
        return Database.number("SELECT COUNT(*) FROM progress WHERE course_id = ?", courseId());
    }

    private long modifiedYear() {
        return Database.number("SELECT EXTRACT(YEAR FROM modified) FROM progress WHERE course_id = ?", courseId());
    }

    private static long marks() {
        return Database.number("SELECT COUNT(*) FROM stale_completion");
    }
}
