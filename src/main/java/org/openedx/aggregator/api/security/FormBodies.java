package org.openedx.aggregator.api.security;

import java.util.Locale;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Reads forms before anybody asks who sent them: the proof that the page was ours is one of the fields. */
@Singleton
class FormBodies {

    // In bytes; the largest form names a hundred courses.
    private static final long LONGEST = 128 * 1024;

    private final BodyHandler reader = BodyHandler.create(false).setBodyLimit(LONGEST).setMergeFormAttributes(false);

    void register(@Observes Router router) {
        router.post().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::read);
    }

    private void read(RoutingContext context) {
        if (isForm(context.request().getHeader(HttpHeaderNames.CONTENT_TYPE))) {
            // The framework keeps a request back until somebody wants its body.
            context.request().resume();
            reader.handle(context);
        } else {
            context.next();
        }
    }

    private static boolean isForm(String mediaType) {
        return mediaType != null
                && mediaType.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED);
    }
}
