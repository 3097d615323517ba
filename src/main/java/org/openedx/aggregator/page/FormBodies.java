package org.openedx.aggregator.page;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Reads the forms of the pages before anybody asks who sent them: the proof that the page was ours is one of the fields. */
@Singleton
class FormBodies {

    // In bytes; a form has one field.
    private static final long LONGEST = 4096;

    private final BodyHandler reader = BodyHandler.create(false).setBodyLimit(LONGEST).setMergeFormAttributes(false);

    void register(@Observes Router router) {
        router.post("/tasks/*").order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::read);
    }

    private void read(RoutingContext context) {
        // The framework keeps a request back until somebody wants its body.
        context.request().resume();
        reader.handle(context);
    }
}
