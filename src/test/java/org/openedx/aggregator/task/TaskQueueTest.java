package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

@QuarkusTest
@TestProfile(TaskProfile.class)
class TaskQueueTest {

    private static final Set<String> ACTIONS = Set.of(ScriptedTask.ACTION);
    private static final int FLOOD = 20_000;

    // The whole ranking, of everything that is due.
    private static final String RANKING = """
            SELECT uuid FROM (
              SELECT t.uuid, t.priority, t.due_at, t.child_index, COALESCE(r.running, 0) + ROW_NUMBER() OVER (
                       PARTITION BY t.username ORDER BY t.priority DESC, t.due_at, t.child_index, t.uuid) AS turn
                FROM user_task_status t
                LEFT JOIN (SELECT username, COUNT(*) AS running FROM user_task_status WHERE phase = 2 AND claim IS NOT NULL
                            GROUP BY username) r
                  ON r.username = t.username
               WHERE t.phase = 1 AND t.due_at <= UTC_TIMESTAMP(6) AND t.task_class = 'test.scripted'
                 AND NOT t.is_container AND t.worker IS NULL) due
             WHERE turn <= 3 ORDER BY priority DESC, turn, due_at, child_index, uuid LIMIT ?""";

    @Inject
    Pool pool;

    @Inject
    TaskClaims claims;

    @BeforeEach
    @AfterEach
    void nothing_is_left() {
        Database.rows("DELETE FROM user_task_status");
    }

    @Test
    void a_look_at_everything_is_the_whole_ranking() {
        for (int draw = 0; draw < 20; draw++) {
            // Given
            store(new Random(draw));
            var queue = new TaskQueue(ACTIONS, 3, 1_000, 16);

            // When
            var next = next(queue, 8);

            // Then
            assertThat(next).as("draw %d", draw).isEqualTo(ranking(8));
        }
    }

    @Test
    void who_goes_round_everybody_finds_the_whole_ranking_too() {
        for (int draw = 0; draw < 20; draw++) {
            // Given
            store(new Random(draw));
            var queue = new TaskQueue(ACTIONS, 3, 2, 16);

            // When
            var next = next(queue, 100);

            // Then
            assertThat(next).as("draw %d", draw).isEqualTo(ranking(100));
        }
    }

    @Test
    void a_flood_of_one_persons_tasks_keeps_nobody_waiting() {
        // Given
        flood("alice");
        var bobs = store("bob", 0);
        var carols = store("carol", 0);

        // When
        var claimed = claimOneByOne(7);

        // Then
        assertThat(claimed).extracting(Claim::uuid).contains(bobs, carols);
        assertThat(claimed.subList(0, 3)).extracting(Claim::uuid).contains(bobs, carols);
        assertThat(claimed).as("no more than three of alice's").hasSize(5);
    }

    @Test
    void an_important_task_behind_a_flood_is_first() {
        // Given
        flood("alice");
        var important = store("alice", 1);

        // When
        var claimed = claimOneByOne(1);

        // Then
        assertThat(claimed).extracting(Claim::uuid).containsExactly(important);
    }

    @Test
    void more_persons_than_a_look_visits_have_their_turns_in_the_next_ones() {
        // Given
        flood("alice");
        Database.rows("UPDATE user_task_status SET phase = 2, claim = 1, due_at = '9999-12-31' LIMIT 3");
        var others = Stream.iterate(0, number -> number + 1).limit(10).map(number -> store("person" + number, 0)).toList();
        var queue = new TaskQueue(ACTIONS, 3, 128, 4);

        // When
        var found = Stream.generate(() -> next(queue, 8)).limit(4).flatMap(List::stream).distinct().toList();

        // Then
        assertThat(found).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void a_look_reads_a_few_rows_of_a_flood() {
        // Given
        flood("alice");
        store("bob", 0);
        containers();
        var queue = new TaskQueue(ACTIONS, 3, 128, 16);

        // When
        long read = Result.of(pool.withConnection(connection -> rowsRead(connection, queue)));

        // Then
        assertThat(read).isPositive().isLessThan(1_000);
    }

    private List<String> next(TaskQueue queue, int count) {
        return Result.of(pool.withConnection(connection -> queue.next(connection, count)));
    }

    private List<Claim> claimOneByOne(int times) {
        var claimed = new ArrayList<Claim>();
        for (int time = 0; time < times; time++) {
            claimed.addAll(Result.of(claims.claim(1)));
        }
        return claimed;
    }

    private static Uni<Long> rowsRead(SqlConnection connection, TaskQueue queue) {
        return rowsRead(connection)
                .chain(before -> queue.next(connection, 8).chain(next -> rowsRead(connection)).map(after -> after - before));
    }

    private static Uni<Long> rowsRead(SqlConnection connection) {
        return connection.query("SHOW SESSION STATUS LIKE 'Handler_read%'")
                .execute()
                .map(rows -> rows.stream().mapToLong(row -> Long.parseLong(row.getString(1))).sum());
    }

    private static List<String> ranking(int count) {
        return Database.rows(RANKING, count).stream().map(row -> (String) row.get("uuid")).toList();
    }

    // Some wait, some run, some are not due, some are nobody's here.
    private static void store(Random random) {
        Database.rows("DELETE FROM user_task_status");
        for (int task = 0; task < 40; task++) {
            boolean runs = random.nextInt(8) == 0;
            insert(new UUID(random.nextLong(), random.nextLong()).toString(), "person" + random.nextInt(6), random.nextInt(3),
                    random.nextInt(12) - 10, runs ? 2 : random.nextInt(2), runs ? 1 : null,
                    !runs && random.nextInt(9) == 0, !runs && random.nextInt(9) == 0 ? "studio" : null);
        }
    }

    private static String store(String username, int priority) {
        var uuid = UUID.randomUUID().toString();
        insert(uuid, username, priority, 0, 1, null, false, null);
        return uuid;
    }

    private static void insert(String uuid, String username, int priority, int dueIn, int phase, Integer claim,
            boolean container, String worker) {
        Database.rows("""
                INSERT INTO user_task_status (uuid, created, modified, username, task_id, is_container, task_class, name, state,
                  phase, due_at, total_steps, priority, parameters, fingerprint, claim, worker, expires)
                VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, '', ?, 'test.scripted', '', 'Pending', ?,
                  UTC_TIMESTAMP(6) + INTERVAL ? MINUTE, 1, ?, '{}', '', ?, ?, UTC_TIMESTAMP(6) + INTERVAL 1 DAY)""",
                uuid, username, container, phase, dueIn, priority, claim, worker);
    }

    private static void flood(String username) {
        insertMany(username, false);
    }

    // They have been open for longer than anything waits.
    private static void containers() {
        insertMany("studio", true);
    }

    private static void insertMany(String username, boolean container) {
        Database.rows("""
                INSERT INTO user_task_status (uuid, created, modified, username, task_id, is_container, task_class, name, state,
                  phase, due_at, total_steps, parameters, fingerprint, expires)
                WITH RECURSIVE digit (d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM digit WHERE d < 9)
                SELECT UUID(), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, '', ?, 'test.scripted', '', 'Pending',
                  1, UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, 1, '{}', '', UTC_TIMESTAMP(6) + INTERVAL 1 DAY
                  FROM digit a, digit b, digit c, digit d, digit e WHERE a.d < ?""",
                username, container, FLOOD / 10_000);
    }
}
