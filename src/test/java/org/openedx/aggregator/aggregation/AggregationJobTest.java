package org.openedx.aggregator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.course.CourseGraphFixture;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.oracle.SmallCourse;
import org.openedx.aggregator.stale.SilentLedger;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.stale.StumblingLedger;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(NoAggregation.class)
class AggregationJobTest {

    private static final int ENROLLMENTS = 1100;

    private static int count;

    @Inject
    BatchAggregation aggregation;

    @Inject
    AggregationConfig config;

    @Inject
    Transactions transactions;

    @Inject
    CourseGraphs graphs;

    @Inject
    StaleLedger ledger;

    @Inject
    KeyIds keyIds;

    private final SmallCourse course = new SmallCourse("Job" + ++count);

    @BeforeEach
    void moreThanOneBatchForEachWorker() {
        Database.rows("DELETE FROM stale_completion");
        var structure = CourseGraphFixture.structure(course.key(), course.withLeaves(3).json());
        Result.of(graphs.publish(new StructureUpload(structure, Optional.empty()), Optional.empty()));
        int courseId = Result.of(keyIds.of(CourseKey.parse(course.key())));
        var rows = LongStream.rangeClosed(1, ENROLLMENTS)
                .mapToObj(learner -> "(" + courseId + "," + learner + ",TRUE,'audit',1)")
                .toList();
        Database.rows("INSERT INTO enrollment VALUES " + String.join(",", rows));
        Result.of(transactions.run(transaction -> ledger.markCourse(transaction, courseId)));
    }

    @Test
    void the_backlog_is_worked_off_until_it_is_empty() {
        // When
        Result.of(new AggregationJob(ledger, aggregation, config, new OpenWork()).aggregateStale());

        // Then
        assertThat(marks()).isZero();
        assertThat(results()).isEqualTo(ENROLLMENTS);
    }

    @Test
    void a_worker_that_fails_does_not_stop_the_others() {
        // When
        Result.of(new AggregationJob(new StumblingLedger(ledger), aggregation, config, new OpenWork()).aggregateStale());

        // Then
        assertThat(marks()).isZero();
        assertThat(results()).isEqualTo(ENROLLMENTS);
    }

    @Test
    void a_worker_that_is_never_answered_does_not_hold_up_the_next_run() {
        // Given
        var silent = new SilentLedger();

        // When
        Result.of(new AggregationJob(silent, aggregation, config, new OpenWork()).aggregateStale());

        // Then
        Result.of(new AggregationJob(ledger, aggregation, config, new OpenWork()).aggregateStale());
        assertThat(marks()).isZero();
    }

    private long results() {
        return Database.number("SELECT COUNT(*) FROM progress p JOIN course c ON c.id = p.course_id WHERE c.course_key = ?",
                course.key());
    }

    private static long marks() {
        return Database.number("SELECT COUNT(*) FROM stale_completion");
    }
}
