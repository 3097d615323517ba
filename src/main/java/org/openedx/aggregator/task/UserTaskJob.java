package org.openedx.aggregator.task;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.PROCEED;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.OpenWork;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Runs tasks, as many at once as there is room for. Its runs overlap: a long task must not keep others waiting. */
@ApplicationScoped
class UserTaskJob {

    private final TaskClaims claims;
    private final TaskRunner runner;
    private final TaskConfig config;
    private final OpenWork openWork;
    private final AtomicInteger taken = new AtomicInteger();

    UserTaskJob(TaskClaims claims, TaskRunner runner, TaskConfig config, OpenWork openWork) {
        this.claims = claims;
        this.runner = runner;
        this.config = config;
        this.openWork = openWork;
    }

    @Scheduled(identity = "user-task", every = "${aggregator.task.every:1s}", concurrentExecution = PROCEED)
    Uni<Void> runTasks() {
        return openWork.run(claims.recoverLost()
                .chain(this::claim)
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUni(this::runOnAndOn)
                .merge(config.parallelism())
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> Log.error("Tasks could not be claimed; they are tried again soon", failure))
                .onFailure()
                .recoverWithNull());
    }

    private Uni<List<Claim>> claim() {
        int room = openWork.isEnding() ? 0 : config.parallelism() - taken.getAndSet(config.parallelism());
        return claims.claim(room)
                .invoke(found -> taken.addAndGet(found.size() - room))
                .onFailure()
                .invoke(() -> taken.addAndGet(-room));
    }

    // Who finished one takes another at once.
    private Uni<Void> runOnAndOn(Claim first) {
        return runner.run(first)
                .chain(this::runUntilNoneIsDue)
                .onTermination()
                .invoke(taken::decrementAndGet);
    }

    private Uni<Void> runUntilNoneIsDue() {
        return Multi.createBy()
                .repeating()
                .uni(this::claimAndRun)
                .until(Optional::isEmpty)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Optional<Claim>> claimAndRun() {
        return (openWork.isEnding() ? Uni.createFrom().item(Optional.<Claim> empty()) : claims.claimOne())
                .call(found -> found.map(runner::run).orElse(Uni.createFrom().voidItem()));
    }
}
