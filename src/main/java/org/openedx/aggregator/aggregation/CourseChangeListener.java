package org.openedx.aggregator.aggregation;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.CourseListener;
import org.openedx.aggregator.stale.StaleLedger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** A course that shows something else makes every active enrolment of the course stale. */
@ApplicationScoped
class CourseChangeListener implements CourseListener {

    private final StaleLedger ledger;

    CourseChangeListener(StaleLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<Void> onChanged(SqlConnection transaction, int courseId) {
        return ledger.markCourse(transaction, courseId).replaceWithVoid();
    }
}
