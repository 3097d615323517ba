package org.openedx.aggregator.api.limit;

import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpServerRequest;

/** How large the body of a request may be, in bytes: a structure may be large, nothing else has a reason to. */
@Singleton
public class BodySizes {

    private static final String STRUCTURES = "/completion-aggregator/v1/structure/";

    private final long structure;
    private final long other;

    BodySizes(LimitConfig config, VertxHttpConfig http) {
        structure = http.limits().maxBodySize().map(size -> size.asLongValue()).orElse(Long.MAX_VALUE);
        other = Math.min(structure, config.maxBody().asLongValue());
    }

    public long largest(HttpServerRequest request) {
        return request.path().startsWith(STRUCTURES) ? structure : other;
    }
}
