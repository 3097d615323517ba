package org.openedx.aggregator.api.task;

import java.net.URI;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.openedx.aggregator.api.error.ApiError;
import org.openedx.aggregator.task.TaskRunningException;
import org.openedx.aggregator.task.TooManyStreamsException;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Refusals that say where to look or when to come back. */
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

    @ServerExceptionMapper
    RestResponse<ApiError> tooManyStreams(TooManyStreamsException exception) {
        var status = exception.isOfOnePerson() ? Status.TOO_MANY_REQUESTS : Status.SERVICE_UNAVAILABLE;
        return ResponseBuilder.create(status, new ApiError(exception.getMessage()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.RETRY_AFTER, exception.retryAfter().toSeconds())
                .build();
    }
}
