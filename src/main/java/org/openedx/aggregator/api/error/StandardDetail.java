package org.openedx.aggregator.api.error;

import org.jboss.resteasy.reactive.RestResponse.Status;

/** What a status says when there is nothing more to say, in the words of Django REST framework. */
final class StandardDetail {

    static final String NOT_AUTHENTICATED = "Authentication credentials were not provided.";
    static final String FORBIDDEN = "You do not have permission to perform this action.";
    static final String NOT_FOUND = "Not found.";

    private StandardDetail() {
    }

    static String of(int status, String method, String contentType) {
        return switch (status) {
            case 401 -> NOT_AUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> "Method \"" + method + "\" not allowed.";
            case 406 -> "Could not satisfy the request Accept header.";
            case 413 -> "Request body is too large.";
            case 415 -> "Unsupported media type \"" + (contentType == null ? "" : contentType) + "\" in request.";
            default -> reasonOf(status);
        };
    }

    private static String reasonOf(int status) {
        var known = Status.fromStatusCode(status);
        return known == null ? "Request failed." : known.getReasonPhrase() + ".";
    }
}
