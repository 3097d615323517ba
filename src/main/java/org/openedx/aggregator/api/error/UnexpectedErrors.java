package org.openedx.aggregator.api.error;

import java.util.UUID;

import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

/** Whatever nobody foresaw: the log gets all of it, the caller an id to ask about. */
class UnexpectedErrors {

    private final CurrentVertxRequest request;

    UnexpectedErrors(CurrentVertxRequest request) {
        this.request = request;
    }

    // The framework brings a mapper of its own for the second, for native images.
    @ServerExceptionMapper({ Throwable.class, InvalidDefinitionException.class })
    RestResponse<UnexpectedError> onUnexpected(Throwable exception) {
        var response = request.getCurrent().response();
        if (response.ended() || response.closed()) {
            Log.debugf("Nobody is left to answer: %s", exception);
            return RestResponse.status(Status.INTERNAL_SERVER_ERROR);
        }
        return ResponseBuilder.create(Status.INTERNAL_SERVER_ERROR, logged(exception))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    UnexpectedError logged(Throwable exception) {
        var error = new UnexpectedError(UnexpectedError.DETAIL, UUID.randomUUID().toString());
        Log.errorf(exception, "Request failed with error id %s", error.id());
        return error;
    }
}
