package org.openedx.aggregator;

import java.util.Set;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Keeps keys of courses out of the label {@code uri} of requests. A request that no method of a resource answered comes
 * with its path instead of a route: each such path would be a time series of its own, and anybody can make them up.
 */
@Singleton
class RouteLabels implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String LABEL = "uri";
    private static final String OTHER = "OTHER";
    private static final int MAX_ROUTES = 200;

    // Those that no resource has seen: a wrong method, a body that is too large, a question of a browser.
    private static final Set<String> UNSEEN = Set.of("405", "413", "414", "431");
    private static final Pattern FIXED = Pattern.compile("(/[a-z][a-z_.-]*|/v[0-9])*/?");

    private final MeterFilter cap = MeterFilter.maximumAllowableTags(REQUESTS, LABEL, MAX_ROUTES, MeterFilter.deny());

    @Override
    public Meter.Id map(Meter.Id id) {
        var route = id.getTag(LABEL);
        if (!id.getName().equals(REQUESTS) || route == null || !route.startsWith("/") || isRoute(id, route)) {
            return id;
        }
        return id.replaceTags(id.getTags().stream().map(RouteLabels::other).toList());
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return cap.accept(id);
    }

    private static boolean isRoute(Meter.Id id, String route) {
        return route.contains("{")
                || !UNSEEN.contains(id.getTag("status")) && !"OPTIONS".equals(id.getTag("method"))
                        && FIXED.matcher(route).matches();
    }

    private static Tag other(Tag tag) {
        return tag.getKey().equals(LABEL) ? Tag.of(LABEL, OTHER) : tag;
    }
}
