package org.openedx.aggregator.aggregation;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.StructureListener;
import org.openedx.aggregator.stale.StaleLedger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** A new course version makes every active enrolment of the course stale. */
@ApplicationScoped
class NewVersionListener implements StructureListener {

    private final StaleLedger ledger;

    NewVersionListener(StaleLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<Void> onPublished(SqlConnection transaction, int courseId) {
        return ledger.markCourse(transaction, courseId).replaceWithVoid();
    }
}
