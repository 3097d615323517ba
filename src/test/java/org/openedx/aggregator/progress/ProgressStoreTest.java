package org.openedx.aggregator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.ProgressReader.Slice;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@TestProfile(NoAggregation.class)
class ProgressStoreTest {

    private static final int COURSE = 2_000_000_005;
    private static final int STRUCTURE = 2_000_000_077;
    private static final long ANN = 2_000_000_005_001L;
    private static final long BOB = 2_000_000_005_002L;
    private static final long NOON = 1_772_366_400_123_456L;

    @Inject
    ProgressStore store;

    @Inject
    ProgressReader reader;

    @Inject
    Transactions transactions;

    @BeforeEach
    void twoEnrollments() {
        for (var table : List.of("progress", "enrollment", "course WHERE id", "learner WHERE id")) {
            var condition = table.startsWith("learner") ? " IN (" + ANN + "," + BOB + ")"
                    : (table.contains("WHERE") ? "" : " WHERE course_id") + " = " + COURSE;
            Database.rows("DELETE FROM " + table + condition);
        }
        Database.rows("INSERT INTO course (id, course_key, structure_id) VALUES (?, 'course-v1:Store+Test+1', ?)", COURSE,
                STRUCTURE);
        for (long learner : List.of(ANN, BOB)) {
            Database.rows("INSERT INTO learner (id, username, named_at) VALUES (?, ?, 1)", learner, "store-" + learner);
            Database.rows("INSERT INTO enrollment VALUES (?, ?, TRUE, 'audit', 1)", COURSE, learner);
        }
    }

    @Test
    void a_result_comes_out_as_it_went_in() {
        // Given
        var progress = progress(ANN, STRUCTURE, new Aggregate(1.0 / 3, 4, NOON));

        // When
        save(progress);

        // Then
        assertThat(read(ANN).stored()).contains(progress);
        assertThat(read(ANN).isFresh()).isTrue();
    }

    @Test
    void never_is_never_again_when_it_is_read() {
        // Given
        var progress = progress(ANN, STRUCTURE, new Aggregate(0, 4, Aggregate.NEVER));

        // When
        save(progress);

        // Then
        assertThat(read(ANN).stored()).contains(progress);
    }

    @Test
    void a_result_of_an_older_version_is_not_fresh() {
        // When
        save(progress(ANN, 76, new Aggregate(1, 4, NOON)));

        // Then
        assertThat(read(ANN).isFresh()).isFalse();
    }

    @Test
    void a_result_replaces_the_one_before_and_remembers_when_there_was_none() throws InterruptedException {
        // Given
        save(progress(ANN, 76, new Aggregate(1, 4, NOON)));
        var first = columns(ANN);
        Thread.sleep(2);

        // When
        save(progress(ANN, STRUCTURE, new Aggregate(0.5, 5, NOON + 1)));

        // Then
        var second = columns(ANN);
        assertThat(second).containsEntry("structure_id", STRUCTURE).containsEntry("earned", 0.5).containsEntry("possible", 5.0)
                .containsEntry("percent", 0.1).containsEntry("created", first.get("created"));
        assertThat(second.get("modified")).isNotEqualTo(first.get("modified"));
    }

    @Test
    void questions_that_share_a_batch_get_the_detail_and_the_learner_they_asked_for() {
        // Given
        var packed = new PackedAggregates.Builder(1).add(new Aggregate(1, 4, NOON)).build();
        save(new Progress(enrollment(ANN), STRUCTURE, new Aggregate(1, 4, NOON), packed));
        var ann = "store-" + ANN;

        // When: the first two are under way, the others wait for each other
        var answers = Result.of(Uni.join().all(
                reader.of(COURSE, ann, Detail.COURSE),
                reader.of(COURSE, ann, Detail.COURSE),
                reader.of(COURSE, ann, Detail.COURSE),
                reader.of(COURSE, ann, Detail.ALL_BLOCKS),
                reader.of(COURSE, "store-" + BOB, Detail.ALL_BLOCKS),
                reader.of(COURSE, "store-nobody", Detail.COURSE)).andFailFast());

        // Then
        assertThat(answers.get(2).orElseThrow().stored().orElseThrow().blocks().text()).isEqualTo("[]");
        assertThat(answers.get(3).orElseThrow().stored().orElseThrow().blocks()).isEqualTo(packed);
        assertThat(answers.get(4).orElseThrow().stored()).isEmpty();
        assertThat(answers.get(5)).isEmpty();
    }

    @Test
    void saving_nothing_is_nothing() {
        // When
        save();

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM progress WHERE course_id = ?", COURSE)).isZero();
    }

    @Test
    void fingerprints_are_those_of_active_enrollments_stored_or_not() {
        // Given
        var stored = progress(ANN, STRUCTURE, new Aggregate(1, 4, NOON));
        save(stored);
        var left = new Enrollment(COURSE, 2_000_000_005_003L);
        Database.rows("INSERT INTO enrollment VALUES (?, ?, FALSE, 'audit', 1)", COURSE, left.learnerId());

        // When
        var fingerprints = Result.of(store.fingerprints(List.of(enrollment(ANN), enrollment(BOB), left)));

        // Then
        assertThat(fingerprints).isEqualTo(
                Map.of(enrollment(ANN), Optional.of(stored.fingerprint()), enrollment(BOB), Optional.empty()));
    }

    @Test
    void a_different_result_or_version_has_a_different_fingerprint() {
        // Given
        var one = progress(ANN, STRUCTURE, new Aggregate(1, 4, NOON));

        // Then
        assertThat(one.fingerprint()).isEqualTo(progress(BOB, STRUCTURE, new Aggregate(1, 4, NOON)).fingerprint())
                .isNotEqualTo(progress(ANN, 78, new Aggregate(1, 4, NOON)).fingerprint())
                .isNotEqualTo(progress(ANN, STRUCTURE, new Aggregate(1, 4, NOON + 1)).fingerprint());
    }

    @Test
    void the_view_shows_a_result_as_the_reference_would() {
        // Given
        Database.rows("DELETE FROM registered_block WHERE structure_id = 77777");
        Database.rows("INSERT INTO registered_block VALUES (77777, 1, 'course', 'c'), (77777, 2, 'chapter', 'x')");
        var packed = new PackedAggregates.Builder(2).add(new Aggregate(1.0 / 3, 4, NOON))
                .add(new Aggregate(0, 0, Aggregate.NEVER)).build();

        // When
        save(new Progress(enrollment(ANN), 77777, new Aggregate(1.0 / 3, 4, NOON), packed));

        // Then
        var rows = Database.rows("""
                SELECT block_key, earned, possible, percent, CAST(last_modified AS CHAR) AS at
                  FROM completion_aggregator_aggregator WHERE user_id = ? ORDER BY block_key""", ANN);
        assertThat(rows).containsExactly(
                Map.of("block_key", "c", "earned", 1.0 / 3, "possible", 4.0, "percent", 1.0 / 3 / 4, "at",
                        "2026-03-01 12:00:00.123456"),
                Map.of("block_key", "x", "earned", 0.0, "possible", 0.0, "percent", 1.0, "at", "1900-01-01 00:00:00.000000"));
    }

    private static Progress progress(long learnerId, int structureId, Aggregate course) {
        var packed = new PackedAggregates.Builder(1).add(course).build();
        return new Progress(enrollment(learnerId), structureId, course, packed);
    }

    private static Enrollment enrollment(long learnerId) {
        return new Enrollment(COURSE, learnerId);
    }

    private void save(Progress... results) {
        Result.of(transactions.run(transaction -> store.save(transaction, List.of(results))));
    }

    private EnrollmentProgress read(long learnerId) {
        return Result.of(reader.ofCourse(COURSE, Optional.of(List.of(learnerId)), new Slice(0, 10), Detail.ALL_BLOCKS)).get(0);
    }

    private static Map<String, Object> columns(long learnerId) {
        return Database.rows("SELECT * FROM progress WHERE course_id = ? AND learner_id = ?", COURSE, learnerId).get(0);
    }
}
