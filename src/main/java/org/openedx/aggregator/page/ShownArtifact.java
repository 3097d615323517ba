package org.openedx.aggregator.page;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import org.openedx.aggregator.task.TaskArtifact;

/**
 * What a task left, as a page shows it.
 *
 * @param file a link to a file, or empty
 * @param page a link to a page of the web, or empty
 * @param text what is to be read right here, or empty
 * @param shortened whether there is more of the text
 * @param error whether it says why the task failed
 */
public record ShownArtifact(String name, String file, String page, String text, boolean shortened, boolean error) {

    // Of a text, in characters; a longer one is for programs, which get all of it from the API.
    private static final int LONGEST = 20_000;

    static ShownArtifact of(TaskArtifact artifact) {
        var link = artifact.url().flatMap(ShownArtifact::link);
        // What is no link is shown, so that it can be judged.
        var text = PlainText.of(artifact.text().or(artifact::url).filter(words -> link.isEmpty()).orElse(""));
        return new ShownArtifact(PlainText.of(artifact.name()), artifact.file().map(URI::toString).orElse(""),
                link.orElse(""), text.substring(0, Math.min(text.length(), LONGEST)), text.length() > LONGEST,
                artifact.name().equals("Error"));
    }

    // An address can be a script, and a task may have its addresses from anywhere.
    private static Optional<String> link(String address) {
        var small = address.toLowerCase(Locale.ROOT);
        return small.startsWith("https://") || small.startsWith("http://") ? Optional.of(address) : Optional.empty();
    }
}
