package org.openedx.aggregator.lms;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.StructureChecks;
import org.openedx.aggregator.course.StructureChecks.Known;
import org.openedx.aggregator.course.StructureRequests;
import org.openedx.aggregator.lease.Leases;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Looks now and then whether the stored structures are still the LMS's, for an event may have been missed. Each run takes
 * the few courses whose turn it is, so that the LMS notices nothing of it.
 */
@ApplicationScoped
class StructureReconcileJob {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Leases leases;
    private final StructureChecks checks;
    private final StructureRequests requests;
    private final CourseOutlineClient outlines;
    private final Transactions transactions;
    private final LmsConfig config;
    private final LmsHttp http;

    StructureReconcileJob(Leases leases, StructureChecks checks, StructureRequests requests, CourseOutlineClient outlines,
            Transactions transactions, LmsConfig config, LmsHttp http) {
        this.leases = leases;
        this.checks = checks;
        this.requests = requests;
        this.outlines = outlines;
        this.transactions = transactions;
        this.config = config;
        this.http = http;
    }

    @Scheduled(identity = "structure-reconcile", every = "${aggregator.lms.reconcile-every:1m}", concurrentExecution = SKIP)
    Uni<Void> reconcile() {
        if (config.url().isEmpty() || http.isPaused()) {
            return Uni.createFrom().voidItem();
        }
        return leases.hold("structure-reconcile", LEASE)
                .chain(held -> held ? compareSome() : Uni.createFrom().voidItem());
    }

    private Uni<Void> compareSome() {
        return checks.oldest(config.reconcileAfter(), config.reconcileCourses())
                .chain(this::compare);
    }

    // In any order: some courses that cannot be compared must not stand before all others for ever.
    private Uni<Void> compare(List<Known> courses) {
        var shuffled = new ArrayList<>(courses);
        Collections.shuffle(shuffled);
        return Multi.createFrom()
                .iterable(shuffled)
                .onItem()
                .transformToUniAndConcatenate(this::compareUnlessPaused)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> compareUnlessPaused(Known known) {
        if (http.isPaused()) {
            return Uni.createFrom().voidItem();
        }
        return compare(known)
                .onFailure(LmsException.class)
                .invoke(failure -> Log.warnf("Course %s was not compared: %s", known.course(), failure.getMessage()))
                .onFailure(LmsException.class)
                .recoverWithNull();
    }

    private Uni<Void> compare(Known known) {
        return outlines.publishedVersion(known.course())
                .ifNoItem()
                .after(config.fetchTimeout())
                .failWith(() -> new LmsException(LmsException.Trouble.UNAVAILABLE, "No outline came in time"))
                .chain(version -> confirmOrRequest(known, version));
    }

    // Without a version to compare, the course is fetched and its content compared.
    private Uni<Void> confirmOrRequest(Known known, Optional<String> version) {
        return version.isPresent() && version.equals(known.publishedVersion())
                ? checks.confirm(known.courseId())
                : transactions.run(transaction -> requests.request(transaction, List.of(known.courseId())));
    }
}
