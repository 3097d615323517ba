package org.openedx.aggregator.api.task;

import java.util.UUID;

import org.openedx.aggregator.task.TaskArtifact;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An artifact as django-user-tasks shows it; of file, text and url, two are empty.
 *
 * @param status the address of the task
 */
@RegisterForReflection
public record ArtifactView(String name, String created, String modified, String status, String file, String text, String url,
        UUID uuid) {

    static ArtifactView of(TaskArtifact artifact, Links links) {
        return new ArtifactView(artifact.name(), Times.text(artifact.created()), Times.text(artifact.modified()),
                links.task(artifact.task()), artifact.file().map(links::file).orElse(""), artifact.text().orElse(""),
                artifact.url().orElse(""), artifact.uuid());
    }
}
