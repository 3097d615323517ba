package org.openedx.aggregator.api.security;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/**
 * Tells caches that answers differ by {@code Origin}, those without one included; the CORS filter of the framework sets
 * everything else, but this.
 */
@Singleton
class OriginHeader {

    // Before the CORS filter (300), which answers a preflight itself.
    private static final int PRIORITY = 400;

    void register(@Observes Filters filters) {
        filters.register(OriginHeader::vary, PRIORITY);
    }

    private static void vary(RoutingContext context) {
        context.response().headers().add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        context.next();
    }
}
