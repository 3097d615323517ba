package org.openedx.aggregator.worker;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.task.TaskCommand;
import org.openedx.aggregator.task.TaskCommands;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Sends commands and removes them when the broker has them; who dies in between has sent one that is sent again. */
@ApplicationScoped
class CommandJob {

    private static final int AT_ONCE = 100;
    private static final int BATCHES = 100;

    private final TaskCommands commands;
    private final CommandTopic topic;
    private final WorkerConfig config;
    private final OpenWork openWork;

    CommandJob(TaskCommands commands, CommandTopic topic, WorkerConfig config, OpenWork openWork) {
        this.commands = commands;
        this.topic = topic;
        this.config = config;
        this.openWork = openWork;
    }

    @Scheduled(identity = "user-task-commands", every = "${aggregator.worker.every:1s}", concurrentExecution = SKIP)
    Uni<Void> sendCommands() {
        return openWork.run(Multi.createBy()
                .repeating()
                .uni(this::sendSome)
                .whilst(sent -> sent.size() == AT_ONCE && !openWork.isEnding())
                .select()
                .first(BATCHES)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> Log.warnf("Commands to workers elsewhere wait: %s", failure))
                .onFailure()
                .recoverWithNull());
    }

    private Uni<List<TaskCommand>> sendSome() {
        return commands.claim(AT_ONCE, config.lease())
                .call(claimed -> Multi.createFrom()
                        .iterable(claimed)
                        .onItem()
                        .transformToUniAndConcatenate(this::send)
                        .onItem()
                        .ignoreAsUni());
    }

    private Uni<Void> send(TaskCommand command) {
        return topic.send(command)
                .chain(() -> commands.sent(command));
    }
}
