package org.openedx.aggregator.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.task.EmptyTasks;
import org.openedx.aggregator.transaction.PlainPool;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;

/**
 * Tasks with empty bodies from their start to their end. The packaged service has none, so the mechanism runs in this
 * JVM, with connections of its own; its CPU time is the bench's.
 */
final class TaskRuns {

    private static final int TASKS = 5_000;
    private static final int WARM_UP = 10_000;
    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String ALL = " FROM user_task_status WHERE task_class = '" + EmptyTasks.ACTION + "'";
    private static final String UNFINISHED = "SELECT EXISTS (SELECT 1" + ALL + " AND phase < 3)";

    private final Bench bench;
    private final EmbeddedServices services;

    TaskRuns(Bench bench, EmbeddedServices services) {
        this.bench = bench;
        this.services = services;
    }

    Figure measure(int runs) {
        var vertx = Vertx.vertx();
        var database = URI.create(services.jdbcUrl().substring("jdbc:".length()));
        var pool = PlainPool.of(vertx.getDelegate(), CONNECTIONS, new MySQLConnectOptions().setHost(database.getHost())
                .setPort(database.getPort())
                .setDatabase(database.getPath().substring(1))
                .setUser(services.user())
                .setPassword(services.password())
                .setCachePreparedStatements(true));
        var tasks = new EmptyTasks(vertx, pool);
        lap(tasks, WARM_UP);
        var laps = IntStream.range(0, runs).mapToObj(run -> lap(tasks, TASKS)).toList();
        pool.closeAndAwait();
        vertx.closeAndAwait();
        return Figure.rate("task_runs.tasks_per_s", "empty tasks, started, run and finished",
                Optional.of(Bar.atLeast(1_000)), "task", laps);
    }

    private Lap lap(EmptyTasks tasks, int count) {
        bench.tables().change("DELETE" + ALL);
        var start = bench.clocks().read();
        var started = tasks.start(count);
        long[] next = { System.nanoTime() };
        Patience.until("all tasks are stored", PATIENCE, Duration.ofMillis(10), () -> isStored(tasks, started, next));
        Patience.until("all tasks are finished", PATIENCE, LOOK_EVERY, () -> isDone(tasks, next));
        var lap = bench.clocks().since(start, count);
        check(count);
        Bench.say("task_runs: %,.0f tasks/s".formatted(lap.perSecond()));
        return lap;
    }

    private boolean isStored(EmptyTasks tasks, CompletableFuture<Void> started, long[] next) {
        runDue(tasks, next);
        return started.isDone();
    }

    // One row of the index on the phase says enough, and often enough: looks must not cost the database a part of what the
    // tasks do.
    private boolean isDone(EmptyTasks tasks, long[] next) {
        runDue(tasks, next);
        return bench.tables().number(UNFINISHED) == 0;
    }

    private void check(int count) {
        long succeeded = bench.tables().number("SELECT COUNT(*)" + ALL + " AND state = 'Succeeded'");
        if (succeeded != count) {
            throw new IllegalStateException(succeeded + " of " + count + " tasks have succeeded");
        }
    }

    private static void runDue(EmptyTasks tasks, long[] next) {
        if (System.nanoTime() >= next[0]) {
            tasks.runDue();
            next[0] += EVERY.toNanos();
        }
    }
}
