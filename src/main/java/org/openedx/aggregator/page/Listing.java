package org.openedx.aggregator.page;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.api.task.TaskQuery;
import org.openedx.aggregator.task.TaskState;

/**
 * A page of tasks, and how to get to the others.
 *
 * @param state what the list is filtered by, or empty; the other filters likewise
 * @param previous a link, or empty
 * @param next a link, or empty
 * @param shared whether it has what others share with the reader
 * @param everybody whether it has the tasks of others, too
 */
public record Listing(List<ShownTask> tasks, long count, long number, long pages, String previous, String next,
        List<Choice> states, String state, String action, String createdAfter, boolean shared, boolean everybody) {

    /** A state to filter by. */
    public record Choice(String value, String text, boolean chosen) {
    }

    static Listing of(List<ShownTask> tasks, Page page, TaskQuery query, URI request, Language language, boolean everybody) {
        return new Listing(tasks, page.count(), page.number(), page.pages(), link(page.previous(request)),
                link(page.next(request)), choices(text(query.state()), language), text(query.state()),
                text(query.action()), text(query.createdAfter()), query.isShared(), everybody && !query.isShared());
    }

    public boolean filtered() {
        return shared || !(state + action + createdAfter).isEmpty();
    }

    /** Whether it is worth saying whose a task is. */
    public boolean named() {
        return shared || everybody;
    }

    private static List<Choice> choices(String chosen, Language language) {
        return TaskState.all()
                .map(state -> new Choice(state, language.state(state), state.equals(chosen)))
                .toList();
    }

    // Without the host: a proxy may know it by another name.
    private static String link(Optional<String> address) {
        return address.map(URI::create)
                .map(URI::getRawQuery)
                .map(query -> "/tasks?" + query)
                .orElse(address.isPresent() ? "/tasks" : "");
    }

    private static String text(String parameter) {
        return parameter == null ? "" : PlainText.of(parameter);
    }
}
