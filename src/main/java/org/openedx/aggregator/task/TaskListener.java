package org.openedx.aggregator.task;

import java.util.List;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Is told of every task that a person started and that has stopped, once for all replicas. */
public interface TaskListener {

    /**
     * Notes what is to be done about some tasks, by nothing but writes to the given transaction; what takes longer is done
     * later from what was noted. If it fails, all listeners are told again.
     */
    Uni<Void> onStopped(SqlConnection transaction, List<StoppedTask> tasks);
}
