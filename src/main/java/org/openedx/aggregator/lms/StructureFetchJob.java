package org.openedx.aggregator.lms;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openedx.aggregator.course.StructureClaim;
import org.openedx.aggregator.course.StructureFetchList;
import org.openedx.aggregator.lease.OpenWork;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Fetches the courses that are due until none is. Replicas share them by claiming; this job only does not overtake itself. */
@ApplicationScoped
class StructureFetchJob {

    private final StructureFetchList list;
    private final StructureFetch fetch;
    private final LmsHttp http;
    private final LmsConfig config;
    private final OpenWork openWork;

    StructureFetchJob(StructureFetchList list, StructureFetch fetch, LmsHttp http, LmsConfig config, OpenWork openWork) {
        this.list = list;
        this.fetch = fetch;
        this.http = http;
        this.config = config;
        this.openWork = openWork;
    }

    @Scheduled(identity = "structure-fetch", every = "${aggregator.lms.every:2s}", concurrentExecution = SKIP)
    Uni<Void> fetchRequested() {
        return openWork.run(Multi.createFrom()
                .range(0, config.parallelFetches())
                .onItem()
                .transformToUni(worker -> untilNoneIsDue())
                .merge(config.parallelFetches())
                .onItem()
                .ignoreAsUni());
    }

    private Uni<Void> untilNoneIsDue() {
        return Multi.createBy()
                .repeating()
                .uni(this::claimAndFetch)
                .whilst(Optional::isPresent)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(this::log)
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Optional<StructureClaim>> claimAndFetch() {
        if (openWork.isEnding() || config.url().isEmpty() || http.isPaused()) {
            return Uni.createFrom().item(Optional.empty());
        }
        // Beyond what a fetch may take: a database whose answer never comes must not keep this replica from its next run.
        return list.claim()
                .call(this::fetch)
                .ifNoItem()
                .after(config.fetchTimeout().multipliedBy(2))
                .fail();
    }

    private Uni<Void> fetch(Optional<StructureClaim> claim) {
        return claim.map(fetch::fetch)
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private void log(Throwable failure) {
        Log.logf(openWork.isEnding() ? Logger.Level.DEBUG : Logger.Level.ERROR, failure,
                "A fetcher stopped; the course it held is due when its lease ends");
    }
}
