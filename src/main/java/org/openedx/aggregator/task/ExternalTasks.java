package org.openedx.aggregator.task;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.ExternalEvent.Type;
import org.openedx.aggregator.task.ExternalResult.Outcome;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mysqlclient.MySQLException;

/**
 * Tasks that workers elsewhere do and tell of, shown as our own. A task belongs to the worker that created it; what is told
 * again changes nothing.
 */
@ApplicationScoped
public class ExternalTasks {

    private static final int DUPLICATE = 1062;

    private final Transactions transactions;
    private final TaskConfig config;

    ExternalTasks(Transactions transactions, TaskConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    /** How many events are taken at once. */
    public int maxEvents() {
        return config.maxExternalEvents();
    }

    /** Takes an event of a worker in; the answer says what became of it. */
    public Uni<ExternalResult> apply(String worker, ExternalEvent event) {
        var task = uuid(worker, event.taskId());
        return transactions.run(transaction -> apply(transaction, task.toString(), worker, event))
                .onFailure(ExternalTasks::isDuplicate)
                .recoverWithItem(() -> repeated(task.toString()));
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MySQLException error && error.getErrorCode() == DUPLICATE;
    }

    // The same name is always the same task, also where nobody waits for an answer with its uuid.
    private static UUID uuid(String worker, String taskId) {
        return UUID.nameUUIDFromBytes((worker + '\n' + taskId).getBytes(StandardCharsets.UTF_8));
    }

    private Uni<ExternalResult> apply(SqlConnection transaction, String task, String worker, ExternalEvent event) {
        return ExternalTable.lock(transaction, task)
                .chain(row -> row.isPresent()
                        ? known(transaction, row.get(), event)
                        : unknown(transaction, task, worker, event));
    }

    private static Uni<ExternalResult> known(SqlConnection transaction, ExternalRow row, ExternalEvent event) {
        if (event.sequence() <= row.lastSequence() || event.type() == Type.CREATED) {
            return Uni.createFrom().item(() -> repeated(row.uuid()));
        }
        if (row.isFinished()) {
            return answer(row.uuid(), Outcome.FINISHED, "The task has ended and stays as it is.");
        }
        if (row.container() && event.type() != Type.ARTIFACT) {
            return answer(row.uuid(), Outcome.REFUSED, "A container follows its parts.");
        }
        return change(transaction, row.uuid(), event)
                .chain(() -> ContainerTable.refresh(transaction, row.parent().stream().toList()))
                .chain(() -> applied(row.uuid()));
    }

    private static Uni<Void> change(SqlConnection transaction, String task, ExternalEvent event) {
        return switch (event.type()) {
            case STARTED, PROGRESS -> ExternalTable.run(transaction, task, event, Optional.empty());
            case STATE -> ExternalTable.run(transaction, task, event, Optional.of(event.fields().state()));
            case ARTIFACT -> ExternalTable.put(transaction, task, event);
            case SUCCEEDED -> ExternalTable.finish(transaction, task, TaskState.SUCCEEDED, event.sequence());
            case FAILED -> ExternalTable.fail(transaction, task, event.fields().message(), event.sequence());
            case RETRYING -> ExternalTable.retry(transaction, task, event.sequence());
            case CANCELED -> ExternalTable.finish(transaction, task, TaskState.CANCELED, event.sequence());
            case CREATED -> throw new IllegalStateException("A task is created once");
        };
    }

    private Uni<ExternalResult> unknown(SqlConnection transaction, String task, String worker, ExternalEvent event) {
        return ExternalTable.wasRemoved(transaction, task)
                .chain(removed -> removed
                        ? answer(task, Outcome.FINISHED, "The task was removed.")
                        : create(transaction, task, worker, event));
    }

    private Uni<ExternalResult> create(SqlConnection transaction, String task, String worker, ExternalEvent event) {
        if (event.type() != Type.CREATED) {
            return answer(task, Outcome.UNKNOWN, "There is no such task.");
        }
        var parent = event.fields().parent();
        return parent.isEmpty()
                ? insert(transaction, task, worker, event, Place.ALONE)
                : createIn(transaction, uuid(worker, parent.get()).toString(), task, worker, event);
    }

    private Uni<ExternalResult> createIn(SqlConnection transaction, String parent, String task, String worker,
            ExternalEvent event) {
        return ExternalTable.lock(transaction, parent)
                .chain(found -> found.isPresent() && found.get().container() && !found.get().isFinished()
                        ? createIn(transaction, found.get(), task, worker, event)
                        : answer(task, Outcome.REFUSED, "The parent is no container that is at work."));
    }

    private Uni<ExternalResult> createIn(SqlConnection transaction, ExternalRow parent, String task, String worker,
            ExternalEvent event) {
        if (parent.level() + 1 >= Place.MAX_DEPTH) {
            return answer(task, Outcome.REFUSED, "Tasks are nested at most " + Place.MAX_DEPTH + " deep.");
        }
        return ExternalTable.parts(transaction, parent.uuid())
                .chain(parts -> parts >= parent.expectedParts()
                        ? answer(task, Outcome.REFUSED, "The parent has all its parts.")
                        : insert(transaction, task, worker, event, parent.place().below(parent.uuid(), parts)));
    }

    private Uni<ExternalResult> insert(SqlConnection transaction, String task, String worker, ExternalEvent event,
            Place place) {
        return ExternalTable.insert(transaction, task, worker, event, place, config.maxAge())
                .chain(() -> ContainerTable.refresh(transaction, place.parent().stream().toList()))
                .chain(() -> applied(task));
    }

    private static Uni<ExternalResult> applied(String task) {
        return answer(task, Outcome.APPLIED, "Done.");
    }

    private static ExternalResult repeated(String task) {
        return new ExternalResult(UUID.fromString(task), Outcome.REPEATED, "It was known already.");
    }

    private static Uni<ExternalResult> answer(String task, Outcome outcome, String detail) {
        return Uni.createFrom().item(() -> new ExternalResult(UUID.fromString(task), outcome, detail));
    }
}
