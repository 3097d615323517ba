package org.openedx.aggregator.worker;

import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.openedx.aggregator.task.TaskCommand;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.vertx.core.json.JsonObject;

/** The way to the broker. */
@ApplicationScoped
class CommandTopic {

    private final MutinyEmitter<Record<String, String>> emitter;

    CommandTopic(@Channel("user-task-commands") MutinyEmitter<Record<String, String>> emitter) {
        this.emitter = emitter;
    }

    /** Answers when the broker has it. */
    Uni<Void> send(TaskCommand command) {
        var json = new JsonObject().put("command", "cancel")
                .put("task", command.task().toString())
                .put("task_id", command.taskId())
                .put("worker", command.worker())
                .put("requested_by", command.requestedBy().orElse(null))
                .put("time", command.time().truncatedTo(ChronoUnit.MICROS).toString());
        return emitter.send(Record.of(command.task().toString(), json.encode()));
    }
}
