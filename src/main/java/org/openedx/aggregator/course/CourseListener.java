package org.openedx.aggregator.course;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Is told, in the transaction that changes it, that a course shows its learners something else: a new version is current,
 * or a release date has passed.
 */
public interface CourseListener {

    Uni<Void> onChanged(SqlConnection transaction, int courseId);
}
