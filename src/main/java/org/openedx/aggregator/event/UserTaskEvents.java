package org.openedx.aggregator.event;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.ExternalEvent;
import org.openedx.aggregator.task.ExternalResult;
import org.openedx.aggregator.task.ExternalTasks;
import org.openedx.aggregator.task.InvalidExternalEventException;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Takes in what workers elsewhere tell of their user tasks, in order. */
@ApplicationScoped
class UserTaskEvents {

    private final ExternalTasks tasks;
    private final DeadLetters deadLetters;
    private final EventConfig config;

    UserTaskEvents(ExternalTasks tasks, DeadLetters deadLetters, EventConfig config) {
        this.tasks = tasks;
        this.deadLetters = deadLetters;
        this.config = config;
    }

    boolean concerns(RawEvent event) {
        return config.userTaskTopic().filter(event.topic()::equals).isPresent();
    }

    /** May be repeated if it fails: what was taken in is known then. */
    Uni<Void> take(List<RawEvent> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(this::take)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> take(RawEvent event) {
        return Uni.createFrom()
                .deferred(() -> apply(read(event)))
                .chain(result -> result.outcome().isPoison() ? bury(event, LetterReason.UNREADABLE, result.detail())
                        : Uni.createFrom().voidItem())
                .onFailure(UserTaskEvents::isAboutData)
                .recoverWithUni(failure -> bury(event, reason(failure), failure.getMessage()));
    }

    private ExternalEvent read(RawEvent event) {
        if (event.size() > config.maxSize().asLongValue()) {
            throw new UnreadableEventException(LetterReason.TOO_LARGE, "The record has " + event.size() + " bytes");
        }
        try {
            return ExternalEvent.of(new JsonObject(Buffer.buffer(event.value())));
        } catch (DecodeException | ClassCastException e) {
            throw new UnreadableEventException("Not a JSON object");
        }
    }

    private Uni<ExternalResult> apply(ExternalEvent event) {
        var worker = event.worker().orElseThrow(() -> new UnreadableEventException("worker is missing"));
        return tasks.apply(worker, event);
    }

    private Uni<Void> bury(RawEvent event, LetterReason reason, String text) {
        return deadLetters.send(List.of(new DeadLetter(event, reason, text)));
    }

    private static LetterReason reason(Throwable failure) {
        if (failure instanceof UnreadableEventException unreadable) {
            return unreadable.reason();
        }
        return ChangeRecorder.isAboutData(failure) ? LetterReason.REFUSED : LetterReason.UNREADABLE;
    }

    private static boolean isAboutData(Throwable failure) {
        return failure instanceof UnreadableEventException || failure instanceof InvalidExternalEventException
                || ChangeRecorder.isAboutData(failure);
    }
}
