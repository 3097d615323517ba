package org.openedx.aggregator.api.notification;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.api.task.FlatPage;
import org.openedx.aggregator.notification.webhook.WebhookRequest;
import org.openedx.aggregator.notification.webhook.Webhooks;

import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Which of the caller's other systems are told of the ends of tasks. */
@Path("/api/tasks/v0/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "task")
public class WebhookResource {

    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final String ALL = "all";

    private final Webhooks webhooks;
    private final CurrentViewer viewer;

    WebhookResource(Webhooks webhooks, CurrentViewer viewer) {
        this.webhooks = webhooks;
        this.viewer = viewer;
    }

    /**
     * A subscription that is asked for.
     *
     * @param scope own or, for superusers, all
     */
    public record Request(@NotNull String url, String secret, Set<@NotNull String> states, Set<@NotNull String> actions,
            String scope) {
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(CREATED)
    @Operation(summary = "Subscribes a receiver; the secret is shown this once")
    public Uni<WebhookView> create(@NotNull @Valid Request request) {
        var asking = viewer.get();
        boolean everybody = ALL.equals(request.scope());
        if (everybody && !asking.superuser()) {
            throw new ForbiddenException(asking.username() + " is no superuser");
        }
        var wanted = new WebhookRequest(request.url(), Optional.ofNullable(request.secret()), orNone(request.states()),
                orNone(request.actions()), everybody);
        return webhooks.create(asking.username(), wanted)
                .map(created -> WebhookView.of(created.webhook(), created.secret()));
    }

    @GET
    @Operation(summary = "The caller's subscriptions, the newest first")
    public Uni<List<WebhookView>> list() {
        return webhooks.list(viewer.username())
                .map(found -> found.stream().map(WebhookView::of).toList());
    }

    @GET
    @Path("{uuid}")
    @Operation(summary = "A subscription")
    public Uni<WebhookView> find(@PathParam("uuid") UUID uuid) {
        return webhooks.find(viewer.username(), uuid)
                .map(WebhookView::of);
    }

    @DELETE
    @Path("{uuid}")
    @Operation(summary = "Ends a subscription and forgets what is still to be sent")
    public Uni<Void> delete(@PathParam("uuid") UUID uuid) {
        return webhooks.delete(viewer.username(), uuid);
    }

    @GET
    @Path("{uuid}/failures")
    @Operation(summary = "What could not be sent and is not tried any more, the last first")
    public Uni<FlatPage<FailureView>> failures(@PathParam("uuid") UUID uuid, @QueryParam("page") String page,
            @QueryParam("page_size") String size, @Context UriInfo uri) {
        var owner = viewer.username();
        return webhooks.countFailures(owner, uuid)
                .map(FlatPage.query(page, size)::of)
                .chain(asked -> failures(owner, uuid, asked, uri));
    }

    private Uni<FlatPage<FailureView>> failures(String owner, UUID uuid, Page page, UriInfo uri) {
        return webhooks.failures(owner, uuid, page.offset(), page.size())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .map(FailureView::of)
                .collect()
                .asList()
                .map(views -> FlatPage.of(page, uri.getRequestUri(), views));
    }

    @POST
    @Path("{uuid}/failures/{delivery}/retry")
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Has what could not be sent tried again")
    public Uni<Void> retry(@PathParam("uuid") UUID uuid, @PathParam("delivery") UUID delivery) {
        return webhooks.retry(viewer.username(), uuid, delivery);
    }

    private static Set<String> orNone(Set<String> texts) {
        return texts == null ? Set.of() : texts;
    }
}
