package org.openedx.aggregator.lms;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.CourseGraphs.Publication;
import org.openedx.aggregator.course.StructureClaim;
import org.openedx.aggregator.course.StructureFetchList;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.lease.InterruptedWorkException;
import org.openedx.aggregator.lease.OpenWork;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;

/** Fetches one requested course and publishes what came. No connection to the database is held while the LMS is asked. */
@ApplicationScoped
class StructureFetch {

    private final CourseOutlineClient outlines;
    private final CourseBlocksClient blocks;
    private final CourseGraphs graphs;
    private final StructureFetchList list;
    private final LmsMetrics metrics;
    private final LmsConfig config;
    private final OpenWork openWork;

    StructureFetch(CourseOutlineClient outlines, CourseBlocksClient blocks, CourseGraphs graphs, StructureFetchList list,
            LmsMetrics metrics, LmsConfig config, OpenWork openWork) {
        this.outlines = outlines;
        this.blocks = blocks;
        this.graphs = graphs;
        this.list = list;
        this.metrics = metrics;
        this.config = config;
        this.openWork = openWork;
    }

    private record Fetched(Optional<String> version, StructureUpload upload) {
    }

    /** Never fails because of the LMS: what went wrong is kept with the request, which is tried again later. */
    Uni<Void> fetch(StructureClaim claim) {
        return openWork.interruptible(fetched(claim))
                .chain(fetched -> publish(claim, fetched))
                .onFailure()
                .recoverWithUni(failure -> keep(claim, failure));
    }

    // The version is asked for first: a publish in between is noticed by the next comparison. It can be done without.
    private Uni<Fetched> fetched(StructureClaim claim) {
        return outlines.publishedVersion(claim.course())
                .onFailure()
                .recoverWithItem(Optional.empty())
                .chain(version -> fetched(claim, version))
                .ifNoItem()
                .after(config.fetchTimeout())
                .failWith(() -> new LmsException(LmsException.Trouble.UNAVAILABLE,
                        "The course did not arrive within " + config.fetchTimeout()));
    }

    private Uni<Fetched> fetched(StructureClaim claim, Optional<String> version) {
        return blocks.structure(claim.course())
                .map(upload -> new Fetched(version, upload));
    }

    private Uni<Void> publish(StructureClaim claim, Fetched fetched) {
        return graphs.publish(fetched.upload(), Optional.empty())
                .call(() -> list.resolve(claim, fetched.version()))
                .invoke(publication -> tell(claim, publication))
                .replaceWithVoid();
    }

    private void tell(StructureClaim claim, Publication publication) {
        metrics.fetched(publication.isNew() ? "new" : "unchanged");
        if (publication.isNew()) {
            Log.infof("Course %s has a new structure, version %d", claim.course(), publication.version().id());
        }
    }

    private Uni<Void> keep(StructureClaim claim, Throwable failure) {
        if (failure instanceof InterruptedWorkException) {
            return list.handBack(claim);
        }
        var outcome = FetchFailure.of(failure);
        metrics.fetched(outcome.name());
        Log.warnf("Could not fetch the structure of course %s: %s", claim.course(), outcome.reason());
        return outcome.isMissing()
                ? list.park(claim, outcome.reason())
                : list.fail(claim, outcome.reason(), outcome.retryAfter());
    }
}
