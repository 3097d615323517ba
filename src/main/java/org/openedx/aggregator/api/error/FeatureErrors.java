package org.openedx.aggregator.api.error;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * What the exceptions of the features mean to a caller: add the class to the list of its meaning. The message of a
 * feature's exception is what the caller reads.
 */
class FeatureErrors {

    @ServerExceptionMapper({ NotFoundException.class })
    RestResponse<ApiError> notFound(RuntimeException exception) {
        return Refusal.of(Status.NOT_FOUND, detailOf(exception));
    }

    // The framework's own says "HTTP 404 Not Found".
    private static String detailOf(RuntimeException exception) {
        return exception instanceof WebApplicationException ? StandardDetail.NOT_FOUND : exception.getMessage();
    }
}
