package org.openedx.aggregator.api.error;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;

import org.openedx.aggregator.api.limit.BodySizes;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Errors outside JAX-RS: a body announced too large, a failure in a route of the framework. What the HTTP server refuses
 * by itself has no body: a URI that is none, a header or a request line too long, a body that grows too large unannounced.
 */
@Singleton
class RouterErrors {

    private final UnexpectedErrors unexpected;
    private final BodySizes bodySizes;

    RouterErrors(UnexpectedErrors unexpected, BodySizes bodySizes) {
        this.unexpected = unexpected;
        this.bodySizes = bodySizes;
    }

    void onStart(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::onFailure);
        // One step before the framework's own check, which answers without a body.
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).handler(this::refuseLargeBody);
        // One step behind it, which sets its own limit for bodies that do not say how large they are.
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::limitUnannounced);
        // Reached where JAX-RS passes an unknown path on, as it does beside static files.
        router.route().order(Integer.MAX_VALUE).handler(RouterErrors::refuseUnknownPath);
    }

    private void refuseLargeBody(RoutingContext context) {
        if (announcedLength(context) <= bodySizes.largest(context.request())) {
            context.next();
            return;
        }
        // The rest of the body is not read, so the connection is of no more use.
        context.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.addEndHandler(answered -> context.request().connection().close());
        refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code());
    }

    private void limitUnannounced(RoutingContext context) {
        if (context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH) == null) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, bodySizes.largest(context.request()));
        }
        context.next();
    }

    private static void refuseUnknownPath(RoutingContext context) {
        refuse(context, HttpResponseStatus.NOT_FOUND.code());
    }

    private static long announcedLength(RoutingContext context) {
        var length = context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private void onFailure(RoutingContext context) {
        if (context.response().headWritten()) {
            context.next();
        } else if (isTold(context.statusCode())) {
            refuse(context, context.statusCode());
        } else {
            fail(context);
        }
    }

    private static boolean isTold(int status) {
        return status == HttpResponseStatus.SERVICE_UNAVAILABLE.code()
                || HttpResponseStatus.valueOf(status).codeClass() == HttpStatusClass.CLIENT_ERROR;
    }

    private void fail(RoutingContext context) {
        var error = unexpected.logged(context.failure());
        answer(context, HttpResponseStatus.INTERNAL_SERVER_ERROR.code(),
                new JsonObject().put("detail", error.detail()).put("id", error.id()));
    }

    private static void refuse(RoutingContext context, int status) {
        var request = context.request();
        var detail = StandardDetail.of(
                status, request.method().name(), request.getHeader(HttpHeaderNames.CONTENT_TYPE));
        Log.debugf("Refused with %d: %s", status, detail);
        answer(context, status, new JsonObject().put("detail", detail));
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .end(body.toBuffer());
    }
}
