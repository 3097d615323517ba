package org.openedx.aggregator.api.error;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JacksonException;

/** What the framework refuses before a resource is reached: methods, media types, sizes and unreadable bodies. */
class RequestErrors {

    private final UnexpectedErrors unexpected;

    RequestErrors(UnexpectedErrors unexpected) {
        this.unexpected = unexpected;
    }

    @ServerExceptionMapper
    Response onRefused(WebApplicationException exception, Request request, HttpHeaders headers) {
        var response = exception.getResponse();
        if (exception.getCause() instanceof JacksonException unreadable) {
            return BodyErrors.of(unreadable).toResponse();
        }
        if (response.getStatus() == Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            return unexpected.onUnexpected(exception).toResponse();
        }
        if (response.hasEntity() || response.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
            return response;
        }
        var detail = StandardDetail.of(
                response.getStatus(), request.getMethod(), headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        return Response.fromResponse(response)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ApiError(detail))
                .build();
    }
}
