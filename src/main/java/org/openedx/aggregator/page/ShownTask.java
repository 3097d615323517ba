package org.openedx.aggregator.page;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.openedx.aggregator.task.TaskStatus;

/**
 * A task as a page shows it.
 *
 * @param state as the API has it
 * @param stateText as the reader has it
 * @param tone a style class
 */
public record ShownTask(UUID uuid, String name, String state, String stateText, String tone, String completed,
        String total, String percent, int attempts, String action, String username, Moment created, Optional<Moment> started,
        Optional<Moment> finished, boolean ended, int artifacts) {

    static ShownTask of(TaskStatus task, Language language) {
        return new ShownTask(task.uuid(), PlainText.of(task.name()), task.state(),
                PlainText.of(language.state(task.state())), Tone.of(task.state()).name().toLowerCase(Locale.ROOT),
                Long.toString(task.completedSteps()), Long.toString(task.totalSteps()), Integer.toString(task.percent()),
                task.attempts(), PlainText.of(task.action()),
                PlainText.of(task.username()), language.moment(task.created()), task.started().map(language::moment),
                task.finished().map(language::moment), task.isFinished(), task.artifacts().size());
    }
}
