package org.openedx.aggregator.api.task;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;

import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.task.Requester;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

/** Who starts a task in the request being answered, with the address of their token and the language of their browser. */
@Singleton
public class CurrentRequester {

    private final CurrentViewer viewer;
    private final CurrentVertxRequest request;

    CurrentRequester(CurrentViewer viewer, CurrentVertxRequest request) {
        this.viewer = viewer;
        this.request = request;
    }

    /** To be called on a resource that is {@code @Authenticated}. */
    public Requester get() {
        var asking = viewer.get();
        return new Requester(asking.userId(), asking.username(), asking.email(), Optional.of(language()));
    }

    private String language() {
        var wanted = request.getCurrent().request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        return StateText.language(wanted == null ? List.of() : locales(wanted));
    }

    private static List<Locale> locales(String wanted) {
        try {
            return Locale.LanguageRange.parse(wanted)
                    .stream()
                    .map(range -> Locale.forLanguageTag(range.getRange()))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
