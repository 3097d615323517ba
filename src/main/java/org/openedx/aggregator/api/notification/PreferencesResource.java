package org.openedx.aggregator.api.notification;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.notification.mail.MailPreferences;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Whether the caller wants mails about their tasks. */
@Path("/api/tasks/v0/preferences")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "task")
public class PreferencesResource {

    private final MailPreferences preferences;
    private final CurrentViewer viewer;

    PreferencesResource(MailPreferences preferences, CurrentViewer viewer) {
        this.preferences = preferences;
        this.viewer = viewer;
    }

    /** What the caller has chosen. */
    public record Preferences(@NotNull Boolean email) {
    }

    @GET
    @Operation(summary = "Whether you get a mail when a task of yours stops")
    public Uni<Preferences> get() {
        return preferences.wantsMail(viewer.username())
                .map(Preferences::new);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Chooses whether you get a mail when a task of yours stops")
    public Uni<Preferences> put(@NotNull @Valid Preferences wanted) {
        return preferences.choose(viewer.username(), wanted.email())
                .replaceWith(wanted);
    }
}
