package org.openedx.aggregator.task;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Turns what is asked for into rows. */
@ApplicationScoped
class NewTasks {

    private final TaskKinds kinds;
    private final TaskConfig config;

    NewTasks(TaskKinds kinds, TaskConfig config) {
        this.kinds = kinds;
        this.config = config;
    }

    /** The task itself, then all its parts. Throws {@link IllegalArgumentException} for what cannot be done. */
    List<NewTask> of(Requester owner, TaskPlan plan, Place place) {
        return plan instanceof TaskContainer container
                ? container(owner, container, place)
                : List.of(task(owner, (TaskRequest) plan, place));
    }

    Uni<Void> insert(SqlConnection transaction, List<NewTask> tasks) {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(task -> NewTaskTable.insert(transaction, task, config.maxAge()))
                .onItem()
                .ignoreAsUni();
    }

    private List<NewTask> container(Requester owner, TaskContainer plan, Place place) {
        var uuid = UUID.randomUUID().toString();
        var direct = new ArrayList<NewTask>();
        var below = new ArrayList<NewTask>();
        for (var part : plan.parts()) {
            var tasks = of(owner, part, place.below(uuid, direct.size()));
            direct.add(tasks.get(0));
            below.addAll(tasks);
        }
        below.add(0, NewTask.container(uuid, owner, plan, place, direct));
        return below;
    }

    private NewTask task(Requester owner, TaskRequest request, Place place) {
        var parameters = request.parameters().encode();
        if (parameters.length() > config.maxParameters()) {
            throw new IllegalArgumentException("The parameters of a task are too long");
        }
        return NewTask.of(owner, kinds.of(request.action()), new JsonObject(parameters), place);
    }
}
