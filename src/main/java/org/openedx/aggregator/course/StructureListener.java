package org.openedx.aggregator.course;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Is told of a new course version in the transaction that makes it the current one. */
public interface StructureListener {

    Uni<Void> onPublished(SqlConnection transaction, int courseId);
}
