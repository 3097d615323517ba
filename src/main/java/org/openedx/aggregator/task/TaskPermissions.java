package org.openedx.aggregator.task;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** With whom owners share their tasks. All of it is for the owner and superusers; others are refused as everywhere. */
@ApplicationScoped
public class TaskPermissions {

    private final Pool pool;
    private final UserTasks tasks;
    private final TaskAccess access;

    TaskPermissions(Pool pool, UserTasks tasks, TaskAccess access) {
        this.pool = pool;
        this.tasks = tasks;
        this.access = access;
    }

    public Uni<List<TaskGrant>> list(UUID task, TaskViewer viewer) {
        return requireOwner(task, viewer)
                .chain(() -> PermissionTable.of(pool, task.toString()));
    }

    /** Shares a task; what it was shared for with the same person or staff before is replaced. */
    public Uni<TaskGrant> put(UUID task, TaskGrant grant, TaskViewer viewer) {
        return requireOwner(task, viewer)
                .chain(() -> PermissionTable.put(pool, task.toString(), grant))
                .replaceWith(grant);
    }

    public Uni<Void> remove(UUID task, Grantee grantee, TaskViewer viewer) {
        return requireOwner(task, viewer)
                .chain(() -> PermissionTable.remove(pool, task.toString(), grantee));
    }

    private Uni<Void> requireOwner(UUID task, TaskViewer viewer) {
        return tasks.find(task, TaskViewer.ofService())
                .chain(found -> access.requireOwner(task.toString(), found.username(), viewer));
    }
}
