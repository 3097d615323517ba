package org.openedx.aggregator.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.openedx.aggregator.bench.TrackingEvents.Fact;
import org.openedx.aggregator.dev.EmbeddedServices;

/** The service's tables, seen and changed from outside. */
final class Tables implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    // A mark that is held is due when its lease ends, all others were due when they were set: one look at an index.
    private static final String HELD = "SELECT COALESCE(MAX(due_at) > UTC_TIMESTAMP(6), 0) FROM stale_completion";

    private static final String ANY_MARK = "SELECT EXISTS (SELECT 1 FROM stale_completion)";

    private final Connection committed;
    private final Connection uncommitted;

    Tables(EmbeddedServices services) throws SQLException {
        committed = DriverManager.getConnection(services.jdbcUrl(), services.user(), services.password());
        committed.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        uncommitted = DriverManager.getConnection(services.jdbcUrl(), services.user(), services.password());
        uncommitted.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
    }

    long number(String sql) {
        return number(committed, sql);
    }

    private static long number(Connection connection, String sql) {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    String text(String sql) {
        try (var statement = committed.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void change(String sql) {
        try (var statement = committed.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** When the first worker takes marks: the last moment at which none had, to about two milliseconds. */
    long awaitFirstClaim() {
        long[] lastLook = { System.nanoTime() };
        Patience.until("marks are claimed", PATIENCE, Duration.ofMillis(1), () -> isClaimed(lastLook));
        return lastLook[0];
    }

    // Not yet committed is early enough.
    private boolean isClaimed(long[] lastLook) {
        long now = System.nanoTime();
        if (number(uncommitted, HELD) > 0) {
            return true;
        }
        lastLook[0] = now;
        return false;
    }

    /** Returns when all of these facts are written, seen some 10 ms later at most. */
    void awaitFacts(List<Fact> facts) {
        var written = "SELECT COUNT(*) FROM block_completion WHERE course_id = (SELECT id FROM course WHERE course_key = '"
                + Site.COURSE + "') AND ("
                + facts.stream().map(Tables::condition).collect(Collectors.joining(" OR ")) + ")";
        Patience.until("the last facts are written", PATIENCE, Duration.ofMillis(10), () -> number(written) == facts.size());
    }

    private static String condition(Fact fact) {
        return "(learner_id = " + fact.learnerId() + " AND modified = " + fact.modified() + ")";
    }

    /** Returns when nothing is stale and the learners' results add up to so many completions. */
    void awaitEarned(long completions) {
        Patience.until("the results say what was completed", PATIENCE, Duration.ofMillis(10),
                () -> number(ANY_MARK) == 0 && number("SELECT SUM(earned) FROM progress") == completions);
    }

    /** Returns when no enrolment is marked stale, seen some 10 ms later at most. */
    void awaitNoMarks() {
        Patience.until("no mark is left", PATIENCE, Duration.ofMillis(10),
                () -> number(ANY_MARK) == 0);
    }

    @Override
    public void close() throws SQLException {
        committed.close();
        uncommitted.close();
    }
}
