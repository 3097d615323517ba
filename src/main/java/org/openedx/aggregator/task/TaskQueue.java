package org.openedx.aggregator.task;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Which tasks are to be claimed next. It looks at those that wait for longest; where they do not decide it, because a few
 * persons have so many that others come after all of them, it goes round the others, some at each look. So a look takes
 * the same time with a hundred thousand tasks that wait, and everybody gets their turn.
 */
final class TaskQueue {

    private final Collection<String> actions;
    private final int perPerson;
    private final int window;
    private final int steps;
    // Two looks at once go round together, which does no harm.
    private volatile String visitedLast = "";

    /**
     * @param actions the kinds of tasks, at least one
     * @param perPerson how many tasks of one person may run
     * @param window how many tasks a look begins with
     * @param steps how many persons it visits at most
     */
    TaskQueue(Collection<String> actions, int perPerson, int window, int steps) {
        this.actions = actions;
        this.perPerson = perPerson;
        this.window = window;
        this.steps = steps;
    }

    /** Up to so many, the first first; another replica may be about to take them. */
    Uni<List<String>> next(SqlConnection connection, int count) {
        return QueueTable.running(connection)
                .map(running -> new Turns(running, perPerson))
                .call(turns -> look(connection, turns, count))
                .map(turns -> turns.first(count));
    }

    private Uni<Void> look(SqlConnection connection, Turns turns, int count) {
        return QueueTable.first(connection, actions, window)
                .invoke(turns::add)
                .chain(first -> first.size() < window
                        ? Uni.createFrom().voidItem()
                        : goRound(connection, turns, count, first.get(window - 1).priority()));
    }

    private Uni<Void> goRound(SqlConnection connection, Turns turns, int count, int priority) {
        var visited = new HashSet<String>();
        return Multi.createBy()
                .repeating()
                .uni(() -> turns.settled(priority) >= count
                        ? Uni.createFrom().item(false)
                        : visitNext(connection, turns, visited))
                .whilst(goOn -> goOn)
                .select()
                .first(steps)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Boolean> visitNext(SqlConnection connection, Turns turns, Set<String> visited) {
        return QueueTable.personAfter(connection, visitedLast)
                .invoke(person -> visitedLast = person.orElse(""))
                .chain(person -> visit(connection, turns, person, visited));
    }

    /** Whether there may be others. */
    private Uni<Boolean> visit(SqlConnection connection, Turns turns, Optional<String> person, Set<String> visited) {
        if (person.isEmpty() || turns.room(person.get()) == 0) {
            return Uni.createFrom().item(visited.add(person.orElse("")));
        }
        return visited.add(person.get())
                ? QueueTable.firstOf(connection, person.get(), actions, turns.room(person.get())).invoke(turns::add)
                        .replaceWith(true)
                : Uni.createFrom().item(false);
    }
}
