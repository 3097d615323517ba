package org.openedx.aggregator.task;

import java.time.Clock;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.InterruptedWorkException;
import org.openedx.aggregator.lease.OpenWork;

import io.quarkus.logging.Log;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs one task to whatever end it takes. */
@ApplicationScoped
class TaskRunner {

    private static final String UNEXPECTED = "Something went wrong. Tell your administrator the address of this task.";

    private final TaskKinds kinds;
    private final TaskClaims claims;
    private final TaskFiles files;
    private final TaskConfig config;
    private final Clock clock;
    private final Vertx vertx;
    private final TaskMetrics metrics;
    private final OpenWork openWork;

    TaskRunner(TaskKinds kinds, TaskClaims claims, TaskFiles files, TaskConfig config, Clock clock, Vertx vertx,
            TaskMetrics metrics, OpenWork openWork) {
        this.kinds = kinds;
        this.claims = claims;
        this.files = files;
        this.config = config;
        this.clock = clock;
        this.vertx = vertx;
        this.metrics = metrics;
        this.openWork = openWork;
    }

    /** Never fails: what cannot be written down is found by the replica that takes over. */
    Uni<Void> run(Claim claim) {
        var task = kinds.of(claim.action());
        var progress = new ClaimedTask(claim, claims, files, clock, config.progressEvery());
        return openWork.interruptible(Uni.join().first(work(task, progress), heartbeat(progress)).toTerminate())
                .chain(() -> claims.succeed(progress.claim(), progress.rest()))
                .plug(attempt -> metrics.timed(claim.action(), attempt))
                .onFailure(failure -> !isOver(failure))
                .recoverWithUni(failure -> end(progress.claim(), task, progress, failure))
                .onFailure()
                .invoke(failure -> log(claim, failure))
                .onFailure()
                .recoverWithNull();
    }

    // Tasks run side by side and must not find each other's database sessions.
    private Uni<Void> work(UserTask task, TaskProgress progress) {
        return Uni.createFrom()
                .deferred(() -> task.run(progress))
                .runSubscriptionOn(ownContext());
    }

    private Executor ownContext() {
        var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        return command -> runOn(context, command);
    }

    private static void runOn(Context context, Runnable command) {
        context.runOnContext(nothing -> command.run());
    }

    // The claim has just said that it is alive; most short tasks need not say so again.
    private Uni<Void> heartbeat(ClaimedTask progress) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(config.progressEvery())
                .every(config.progressEvery())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> beat(progress))
                .onItem()
                .ignoreAsUni();
    }

    // The work itself hears of a cancellation at its next word; one whose claim is lost is stopped here.
    private static Uni<Void> beat(ClaimedTask progress) {
        return progress.beat()
                .onFailure(failure -> !(failure instanceof ClaimLostException))
                .recoverWithNull();
    }

    private Uni<Void> end(Claim claim, UserTask task, ClaimedTask progress, Throwable failure) {
        if (failure instanceof InterruptedWorkException) {
            return claims.handBack(claim, progress.rest());
        }
        Log.warnf(failure, "Task %s (%s) failed in attempt %d", claim.uuid(), claim.action(), claim.attempt());
        return task.isWorthRetrying(failure)
                ? claims.retryOrFail(claim, progress.rest(), message(failure))
                : claims.fail(claim, progress.rest(), message(failure));
    }

    /** Whether somebody else ended the attempt. */
    static boolean isOver(Throwable failure) {
        return failure instanceof TaskCanceledException || failure instanceof ClaimLostException;
    }

    private static String message(Throwable failure) {
        return failure instanceof TaskFailedException || failure instanceof RetryableTaskException
                ? failure.getMessage()
                : UNEXPECTED;
    }

    private static void log(Claim claim, Throwable failure) {
        if (isOver(failure)) {
            Log.infof("Task %s (%s) stopped: %s", claim.uuid(), claim.action(), failure.getMessage());
        } else {
            Log.errorf(failure, "The end of task %s (%s) could not be stored", claim.uuid(), claim.action());
        }
    }
}
