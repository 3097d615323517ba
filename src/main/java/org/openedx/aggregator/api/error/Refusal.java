package org.openedx.aggregator.api.error;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.openedx.aggregator.api.security.Challenge;

import io.quarkus.logging.Log;

/** The answer to a request that cannot be served as it is; always JSON, whatever the resource would have produced. */
final class Refusal {

    private Refusal() {
    }

    static RestResponse<ApiError> of(Status status, String detail) {
        return json(status, new ApiError(wellFormed(detail))).build();
    }

    // A detail may quote what was sent, and JSON can carry half a character, which UTF-8 cannot.
    private static String wellFormed(String detail) {
        return new String(detail.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static RestResponse<ApiError> unauthenticated(String detail) {
        return json(Status.UNAUTHORIZED, new ApiError(detail))
                .header(HttpHeaders.WWW_AUTHENTICATE, Challenge.VALUE)
                .build();
    }

    static RestResponse<ApiError> forNow(Status status, String detail, Duration retryAfter) {
        return json(status, new ApiError(detail))
                .header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds())
                .build();
    }

    static RestResponse<ApiError> ofRange(String detail, long size) {
        return json(Status.REQUESTED_RANGE_NOT_SATISFIABLE, new ApiError(detail))
                .header("Content-Range", "bytes */" + size)
                .build();
    }

    static RestResponse<Map<String, List<String>>> ofFields(Map<String, List<String>> messages) {
        return json(Status.BAD_REQUEST, messages).build();
    }

    private static <T> ResponseBuilder<T> json(Status status, T body) {
        // Not in which words: they may name the person who was asked for.
        Log.debugf("Refused with %d", status.getStatusCode());
        return ResponseBuilder.create(status, body).type(MediaType.APPLICATION_JSON_TYPE);
    }
}
