package org.openedx.aggregator.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.course.CourseGraphFixture;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.oracle.SmallCourse;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(NoAggregation.class)
class ParkingTest {

    private static final String REFUSAL = "DROP TRIGGER IF EXISTS refuse_thirteen";

    private static int count;

    @Inject
    BatchAggregation aggregation;

    @Inject
    CourseGraphs graphs;

    @Inject
    StaleLedger ledger;

    @Inject
    Transactions transactions;

    @Inject
    KeyIds keyIds;

    private final SmallCourse sound = new SmallCourse("Sound" + ++count);
    private final SmallCourse broken = new SmallCourse("Broken" + count);

    @BeforeEach
    void twoCourses() {
        Database.rows("DELETE FROM stale_completion");
        publish(sound);
        publish(broken);
    }

    @AfterEach
    void leaveNothingBroken() {
        Database.rows(REFUSAL);
        Database.rows("UPDATE course SET structure_id = NULL WHERE id = ?", id(broken));
    }

    @Test
    void a_course_that_cannot_be_read_is_parked_and_the_others_go_on() {
        // Given
        corrupt(broken);
        enroll(broken, 1, 2);
        enroll(sound, 1, 2);

        // When
        aggregate();

        // Then
        assertThat(results(sound)).isEqualTo(2);
        assertThat(results(broken)).isZero();
        assertThat(parked(broken)).isEqualTo(2);
        assertThat(reason(broken)).contains("ZipException");
    }

    @Test
    void a_parked_course_heals_when_it_is_aggregated_again() {
        // Given
        var content = corrupt(broken);
        enroll(broken, 1);
        aggregate();
        Database.rows("UPDATE course_structure SET content = ? WHERE course_id = ?", content, id(broken));

        // When
        int courseId = id(broken);
        Result.of(transactions.run(transaction -> ledger.markCourse(transaction, courseId)));
        aggregate();

        // Then
        assertThat(results(broken)).isEqualTo(1);
        assertThat(marks()).isZero();
    }

    @Test
    void one_enrollment_that_cannot_be_stored_is_parked_and_the_others_of_its_course_go_on() {
        // Given
        refuseLearner13();
        enroll(sound, 11, 12, 13, 14);

        // When
        aggregate();

        // Then
        assertThat(results(sound)).isEqualTo(3);
        assertThat(marks()).isEqualTo(1);
        assertThat(parked(sound)).isEqualTo(1);
        assertThat(reason(sound)).contains("not this one");
    }

    @Test
    void one_parked_enrollment_heals_when_its_time_has_come() {
        // Given
        refuseLearner13();
        enroll(sound, 13);
        aggregate();
        Database.rows(REFUSAL);
        Database.rows("UPDATE stale_completion SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");

        // When
        aggregate();

        // Then
        assertThat(results(sound)).isEqualTo(1);
        assertThat(marks()).isZero();
    }

    private void aggregate() {
        Result.of(ledger.claim(100).chain(aggregation::aggregate));
    }

    private void publish(SmallCourse course) {
        var structure = CourseGraphFixture.structure(course.key(), course.withLeaves(3).json());
        Result.of(graphs.publish(new StructureUpload(structure, Optional.empty()), Optional.empty()));
    }

    private byte[] corrupt(SmallCourse course) {
        var content = Database.rows("SELECT content FROM course_structure WHERE course_id = ?", id(course)).get(0);
        Database.rows("UPDATE course_structure SET content = 'no gzip' WHERE course_id = ?", id(course));
        return (byte[]) content.get("content");
    }

    private static void refuseLearner13() {
        Database.rows("""
                CREATE TRIGGER refuse_thirteen BEFORE INSERT ON progress FOR EACH ROW
                IF NEW.learner_id = 13 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF""");
    }

    private void enroll(SmallCourse course, long... learners) {
        for (long learner : learners) {
            Database.rows("INSERT INTO enrollment VALUES (?, ?, TRUE, 'audit', 1)", id(course), learner);
            var enrollment = new Enrollment(id(course), learner);
            Result.of(transactions.run(transaction -> ledger.mark(transaction, List.of(enrollment))));
        }
    }

    private int id(SmallCourse course) {
        return Result.of(keyIds.of(CourseKey.parse(course.key())));
    }

    private long results(SmallCourse course) {
        return Database.number("SELECT COUNT(*) FROM progress WHERE course_id = ?", id(course));
    }

    private long parked(SmallCourse course) {
        return Database.number("SELECT COUNT(*) FROM stale_completion WHERE course_id = ? AND attempts = 1"
                + " AND due_at > UTC_TIMESTAMP(6)", id(course));
    }

    private String reason(SmallCourse course) {
        return (String) Database.rows("SELECT reason FROM stale_completion WHERE course_id = ?", id(course)).get(0)
                .get("reason");
    }

    private static long marks() {
        return Database.number("SELECT COUNT(*) FROM stale_completion");
    }
}
