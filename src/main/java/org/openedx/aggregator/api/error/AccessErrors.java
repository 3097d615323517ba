package org.openedx.aggregator.api.error;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.openedx.aggregator.api.security.CsrfFailedException;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

/** Nobody, somebody with a bad token, or somebody who may not. */
class AccessErrors {

    @ServerExceptionMapper
    RestResponse<ApiError> onNobody(UnauthorizedException exception) {
        return Refusal.unauthenticated(StandardDetail.NOT_AUTHENTICATED);
    }

    @ServerExceptionMapper
    RestResponse<ApiError> onBadToken(AuthenticationFailedException exception) {
        return Refusal.unauthenticated(exception.getMessage());
    }

    @ServerExceptionMapper
    RestResponse<ApiError> onForbidden(ForbiddenException exception) {
        return Refusal.of(Status.FORBIDDEN, StandardDetail.FORBIDDEN);
    }

    @ServerExceptionMapper
    RestResponse<ApiError> onForged(CsrfFailedException exception) {
        return Refusal.of(Status.FORBIDDEN, exception.getMessage());
    }
}
