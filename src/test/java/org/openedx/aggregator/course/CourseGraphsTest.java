package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.course.CourseGraphs.Publication;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.learner.Audience;
import org.openedx.aggregator.oracle.SmallCourse;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.transaction.Transactions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;

@QuarkusTest
@TestProfile(NoAggregation.class)
class CourseGraphsTest {

    private static int count;

    @Inject
    CourseGraphs graphs;

    @Inject
    Pool pool;

    @Inject
    Publishing publishing;

    @Inject
    Transactions transactions;

    @Inject
    StructureTable table;

    @Inject
    KeyIds keyIds;

    @Inject
    @Any
    Instance<CourseListener> listeners;

    @Inject
    Vertx vertx;

    @Inject
    CourseConfig config;

    private final SmallCourse course = new SmallCourse("Graphs" + ++count);

    @BeforeEach
    void noMarks() {
        Database.rows("DELETE FROM stale_completion");
    }

    @AfterEach
    void usualPolicy() {
        Result.of(publishing.applyPolicy());
    }

    @Test
    void the_same_structure_again_is_the_same_version_and_marks_nobody() {
        // Given
        var first = publish(3);
        enroll(1, true);

        // When
        var second = publish(3);

        // Then
        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.version().id()).isEqualTo(first.version().id());
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_new_version_marks_the_active_enrollments_of_its_course() {
        // Given
        publish(3);
        enroll(1, true);
        enroll(2, false);
        enroll(3, true);

        // When
        var second = publish(4);

        // Then
        assertThat(second.isNew()).isTrue();
        assertThat(marked()).containsExactly(1L, 3L);
        assertThat(currentId()).isEqualTo(second.version().id());
    }

    @Test
    void a_version_that_comes_back_is_a_new_one() {
        // Given
        var first = publish(3);
        publish(4);

        // When
        var third = publish(3);

        // Then
        assertThat(third.isNew()).isTrue();
        assertThat(third.version().id()).isGreaterThan(first.version().id());
        assertThat(Result.of(graphs.course(currentId())).whole().possible(0)).isEqualTo(1.0);
        assertThat(size(currentId())).isEqualTo(6);
    }

    @Test
    void of_structures_published_at_once_the_highest_version_is_current() {
        // When
        var published = Result.of(Uni.join().all(
                IntStream.rangeClosed(1, 8).mapToObj(leaves -> publishing(graphs, leaves)).toList()).andFailFast());

        // Then
        var highest = published.stream().mapToInt(it -> it.version().id()).max().orElseThrow();
        assertThat(published).allMatch(Publication::isNew);
        assertThat(currentId()).isEqualTo(highest);
    }

    @Test
    void the_same_structure_published_at_once_is_one_version() {
        // When
        var published = Result.of(Uni.join().all(
                IntStream.range(0, 8).mapToObj(time -> publishing(graphs, 5)).toList()).andFailFast());

        // Then
        assertThat(published).extracting(it -> it.version().id()).containsOnly(currentId());
        assertThat(published).filteredOn(Publication::isNew).hasSize(1);
    }

    @Test
    void another_policy_compiles_a_course_anew_and_marks_its_learners() {
        // Given
        var before = publish(3).version().id();
        enroll(1, true);

        // When
        Result.of(with(List.of("course")).applyPolicy());

        // Then
        assertThat(currentId()).isGreaterThan(before);
        assertThat(Result.of(graphs.course(currentId())).whole().registered().size()).isEqualTo(1);
        assertThat(Result.of(graphs.course(before)).whole().registered().size()).isEqualTo(3);
        assertThat(marked()).containsExactly(1L);
    }

    @Test
    void the_same_policy_changes_nothing() {
        // Given
        var before = publish(3).version().id();
        enroll(1, true);

        // When
        Result.of(publishing.applyPolicy());

        // Then
        assertThat(currentId()).isEqualTo(before);
        assertThat(marked()).isEmpty();
    }

    @Test
    void a_course_that_cannot_be_read_does_not_keep_the_others_from_another_policy() {
        // Given
        var broken = new SmallCourse("Graphs" + ++count);
        Result.of(graphs.publish(upload(broken, 2), Optional.empty()));
        var content = corrupt(broken);
        var before = publish(3).version().id();

        // When
        assertThatThrownBy(() -> Result.of(with(List.of("course")).applyPolicy())).isNotNull();

        // Then
        heal(broken, content);
        assertThat(currentId()).isGreaterThan(before);
    }

    @Test
    void a_structure_is_found_again_as_it_was_published() {
        // Given
        publish(3);

        // When
        var current = Result.of(graphs.current(CourseKey.parse(course.key())));

        // Then
        assertThat(current.orElseThrow().structure()).isEqualTo(upload(course, 3).structure());
    }

    @Test
    void whether_a_course_is_for_mobile_devices_stays_until_it_is_said_anew() {
        // Given
        Result.of(graphs.publish(upload(course, 3), Optional.of(true)));

        // When
        publish(4);

        // Then
        assertThat(Database.number("SELECT mobile_available + 0 FROM course WHERE course_key = ?", course.key())).isEqualTo(1);
    }

    @Test
    void forty_groups_of_learners_keep_forty_graphs() {
        // Given
        var sequentials = new ArrayList<String>();
        var blocks = new StringBuilder();
        for (int group = 0; group < 40; group++) {
            var block = "\"" + course.leaf(group) + "\"";
            sequentials.add(block);
            blocks.append(", %s: {\"group_access\": {\"7\": [%d]}}".formatted(block, group));
        }
        var root = "\"" + course.block("course", 0) + "\"";
        var json = "{\"root\": %s, \"blocks\": {%1$s: {\"children\": [%s]}%s}}".formatted(root,
                String.join(",", sequentials), blocks);
        Result.of(graphs.publish(new StructureUpload(CourseGraphFixture.structure(course.key(), json), Optional.empty()),
                Optional.empty()));
        var compiled = Result.of(graphs.course(currentId()));
        long before = graphs.parts();

        // When
        for (int learner = 0; learner < 100_000; learner++) {
            compiled.seenBy(new Audience(false, learner % 3 == 0, Map.of(7, learner % 40, 50, learner % 7), Map.of()), 0);
        }

        // Then
        assertThat(graphs.parts() - before).isEqualTo(40);
    }

    /** What another replica with other settings would be. */
    private Publishing with(List<String> registeredTypes) {
        var settings = (CourseConfig) Proxy.newProxyInstance(CourseConfig.class.getClassLoader(),
                new Class<?>[] { CourseConfig.class },
                (proxy, method, none) -> method.getName().equals("registeredTypes") ? registeredTypes : method.invoke(config));
        var compilation = new Compilation(vertx, keyIds, settings);
        return new Publishing(pool, transactions, table, listeners, compilation,
                new CompiledCourses(pool, table, compilation, settings,
                        new CourseMetrics(new SimpleMeterRegistry())));
    }

    private Publication publish(int leaves) {
        return Result.of(publishing(graphs, leaves));
    }

    private Uni<Publication> publishing(CourseGraphs some, int leaves) {
        return some.publish(upload(course, leaves), Optional.empty());
    }

    private static StructureUpload upload(SmallCourse course, int leaves) {
        return new StructureUpload(CourseGraphFixture.structure(course.key(), course.withLeaves(leaves).json()),
                Optional.empty());
    }

    private static byte[] corrupt(SmallCourse course) {
        var id = "(SELECT id FROM course WHERE course_key = ?)";
        var content = Database.rows("SELECT content FROM course_structure WHERE course_id = " + id, course.key()).get(0);
        Database.rows("UPDATE course_structure SET content = 'no gzip' WHERE course_id = " + id, course.key());
        return (byte[]) content.get("content");
    }

    private static void heal(SmallCourse course, byte[] content) {
        Database.rows("UPDATE course_structure SET content = ? WHERE course_id ="
                + " (SELECT id FROM course WHERE course_key = ?)", content, course.key());
    }

    private void enroll(long learnerId, boolean active) {
        Database.rows("INSERT INTO enrollment SELECT id, ?, ?, 'audit', 1 FROM course WHERE course_key = ?", learnerId, active,
                course.key());
    }

    private int currentId() {
        return (int) Database.number("SELECT structure_id FROM course WHERE course_key = ?", course.key());
    }

    private int size(int structureId) {
        return Result.of(graphs.course(structureId)).whole().size();
    }

    private List<Object> marked() {
        return Database.rows("""
                SELECT s.learner_id FROM stale_completion s JOIN course c ON c.id = s.course_id
                 WHERE c.course_key = ? ORDER BY s.learner_id""", course.key()).stream()
                .map(row -> row.get("learner_id"))
                .toList();
    }
}
