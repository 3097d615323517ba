package org.openedx.aggregator.api.task;

import java.net.URI;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.openedx.aggregator.task.TaskRunningException;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is refused because it is being done already says where. */
class TaskErrors {

    /**
     * Where to watch what was asked for.
     *
     * @param url of the running task
     */
    @RegisterForReflection
    public record Running(String detail, String url) {
    }

    @ServerExceptionMapper
    RestResponse<Running> running(TaskRunningException exception, UriInfo uri) {
        var url = new Links(uri.getBaseUri()).task(exception.running());
        return ResponseBuilder.create(Status.CONFLICT, new Running(exception.getMessage(), url))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .location(URI.create(url))
                .build();
    }
}
