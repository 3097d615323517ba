package org.openedx.aggregator.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.StoppedTask;
import org.openedx.aggregator.task.TaskListener;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Writes down, by the names of the tasks, what listeners are told. */
@ApplicationScoped
public class TaskDiary implements TaskListener {

    private final List<StoppedTask> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    @Override
    public Uni<Void> onStopped(SqlConnection transaction, List<StoppedTask> tasks) {
        if (failing.getAndSet(false)) {
            return Uni.createFrom().failure(new IllegalStateException("Not now"));
        }
        told.addAll(tasks);
        return Uni.createFrom().voidItem();
    }

    public void failOnce() {
        failing.set(true);
    }

    public List<StoppedTask> told() {
        return told;
    }
}
