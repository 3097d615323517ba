package org.openedx.aggregator.task;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.support.NoWork;
import org.openedx.aggregator.transaction.PlainTransactions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;

/** The mechanism of tasks as a replica with default settings has it, for tasks that do nothing. */
public final class EmptyTasks {

    public static final String ACTION = "bench.empty";

    private static final int PERSONS = 200;
    private static final int STARTED_AT_ONCE = 64;

    private final UserTasks tasks;
    private final UserTaskJob job;

    public EmptyTasks(Vertx vertx, Pool pool) {
        var config = new SmallRyeConfigBuilder().withMapping(TaskConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(TaskConfig.class);
        var openWork = new OpenWork();
        var transactions = PlainTransactions.on(pool);
        var kinds = new TaskKinds(List.of(new Empty()));
        var newTasks = new NewTasks(kinds, config);
        var claims = new TaskClaims(pool, transactions, kinds, config, new SubTasks(newTasks), new TaskEnds(transactions));
        var runner = new TaskRunner(kinds, claims, null, config, Clock.systemUTC(), vertx.getDelegate(),
                new TaskMetrics(new TaskCounts(pool), kinds, new SimpleMeterRegistry()), openWork);
        this.tasks = new UserTasks(pool, transactions, null, new TaskReads(pool),
                new TaskStarts(transactions, config, kinds, newTasks));
        this.job = new UserTaskJob(claims, runner, config, openWork);
    }

    private static final class Empty extends NoWork {

        @Override
        public String action() {
            return ACTION;
        }

        @Override
        public String name(JsonObject parameters) {
            return "Nothing to do";
        }
    }

    /** Starts so many tasks, of many persons; completes when the last is stored. */
    public CompletableFuture<Void> start(int count) {
        return Multi.createFrom()
                .range(0, count)
                .onItem()
                .transformToUni(this::startOne)
                .merge(STARTED_AT_ONCE)
                .onItem()
                .ignoreAsUni()
                .subscribeAsCompletionStage();
    }

    private Uni<TaskStatus> startOne(int number) {
        var owner = new Requester(OptionalLong.empty(), "person" + number % PERSONS);
        return tasks.start(owner, new TaskRequest(ACTION, new JsonObject().put("number", number)));
    }

    /** What the scheduler does once a second. */
    public CompletableFuture<Void> runDue() {
        return job.runTasks().subscribeAsCompletionStage();
    }
}
