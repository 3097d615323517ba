package org.openedx.aggregator.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What pages say; in other languages, {@code messages/page_*.properties}. States are in {@code api.task}. */
@MessageBundle(value = "page", locale = "en")
public interface Words {

    @Message("Tasks")
    String tasks();

    @Message("Your tasks")
    String yourTasks();

    @Message("Everybody’s tasks")
    String everybodysTasks();

    @Message("Skip to content")
    String skip();

    @Message("Signed in as")
    String signedIn();

    @Message("Filters")
    String filters();

    @Message("State")
    String state();

    @Message("Any state")
    String anyState();

    @Message("Kind")
    String kind();

    @Message("Created after")
    String createdAfter();

    @Message("Shared with me")
    String shared();

    @Message("Tasks shared with you")
    String sharedTasks();

    @Message("Apply")
    String apply();

    @Message("Clear filters")
    String clear();

    @Message("No tasks yet")
    String noTasks();

    @Message("Work that you start, such as a report, appears here.")
    String noTasksText();

    @Message("No task matches these filters.")
    String noMatch();

    @Message("Pages")
    String pages();

    @Message("Page {number} of {pages}")
    String pageOf(long number, long pages);

    @Message("Previous")
    String previous();

    @Message("Next")
    String next();

    @Message("Found: {count}")
    String found(long count);

    @Message("{number}%")
    String percent(String number);

    @Message("Progress")
    String progress();

    @Message("Progress of {name}")
    String progressOf(String name);

    @Message("Steps")
    String steps();

    @Message("{completed} of {total}")
    String of(String completed, String total);

    @Message("Attempts")
    String attempts();

    @Message("Created")
    String created();

    @Message("Started")
    String started();

    @Message("Finished")
    String finished();

    @Message("Not yet")
    String notYet();

    @Message("Started by")
    String startedBy();

    @Message("Details")
    String details();

    @Message("Results")
    String results();

    @Message("Results appear here as soon as there are any.")
    String resultsLater();

    @Message("This task left no results.")
    String noResults();

    @Message("File")
    String file();

    @Message("Link")
    String link();

    @Message("Only the beginning is shown.")
    String shortened();

    @Message("The results are not shared with you.")
    String resultsNotShared();

    @Message("What went wrong")
    String error();

    @Message("Parts")
    String parts();

    @Message("Actions")
    String actions();

    @Message("Cancel task")
    String cancel();

    @Message("Delete task…")
    String delete();

    @Message("The task and its results are removed for good.")
    String deleteText();

    @Message("Delete for good")
    String deleteNow();

    @Message("The task was deleted.")
    String deleted();

    @Message("This page updates by itself.")
    String live();

    @Message("Please sign in")
    String signIn();

    @Message("Sign in to the learning platform to see your tasks.")
    String signInText();

    @Message("Sign in")
    String signInNow();

    @Message("Page not found")
    String missing();

    @Message("There is no such task, or it is not yours.")
    String missingText();

    @Message("This was refused")
    String refused();

    @Message("The request did not come from one of our pages, or the page was open for too long. Go "
            + "back, reload the page and try again.")
    String refusedText();

    @Message("Not allowed")
    String lookOn();

    @Message("This task is shared with you to look at, not to change.")
    String lookOnText();

    @Message("This filter was not understood")
    String unreadable();

    @Message("Write the date as year, month and day: 2026-05-31.")
    String unreadableText();

    @Message("Back to your tasks")
    String back();
}
