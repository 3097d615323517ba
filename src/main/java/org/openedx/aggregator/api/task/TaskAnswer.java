package org.openedx.aggregator.api.task;

import java.net.URI;
import java.util.UUID;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.openedx.aggregator.task.TaskStatus;

/** Tells who has asked for long work where to watch it. */
public final class TaskAnswer {

    private TaskAnswer() {
    }

    /** 202 with the task, to a program. */
    public static RestResponse<TaskView> accepted(TaskStatus task, UriInfo uri, HttpHeaders request) {
        var view = TaskView.of(task, StateText.language(request.getAcceptableLanguages()), new Links(uri.getBaseUri()));
        return ResponseBuilder.create(Status.ACCEPTED, view)
                .location(URI.create(view.url()))
                .build();
    }

    /** 303 to the page of the task, to a browser that has sent a form. */
    public static RestResponse<Void> page(UUID task) {
        // Without the host: behind a proxy, what we take for ours need not be the one that the browser knows.
        return ResponseBuilder.<Void> create(Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, "/tasks/" + task)
                .build();
    }
}
