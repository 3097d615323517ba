package org.openedx.aggregator.page;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.openedx.aggregator.api.security.Challenge;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.smallrye.mutiny.Uni;

/** Pages that say why there is no page, and what to do. */
@Singleton
class Refusals {

    private final TaskPages pages;
    private final PageConfig config;

    Refusals(TaskPages pages, PageConfig config) {
        this.pages = pages;
        this.config = config;
    }

    Uni<RestResponse<String>> nobody(UriInfo uri, HttpHeaders headers) {
        var language = Language.of(headers);
        var login = config.loginUrl().map(address -> withNext(address, uri)).orElse("");
        return TaskPages.answer(Status.UNAUTHORIZED, TaskTemplates.signin(pages.frame(language), login), language)
                .map(answer -> answer.header(HttpHeaders.WWW_AUTHENTICATE, Challenge.VALUE).build());
    }

    Uni<RestResponse<String>> forged(HttpHeaders headers) {
        var language = Language.of(headers);
        var words = words(language);
        return refused(Status.FORBIDDEN, words.refused(), words.refusedText(), language);
    }

    Uni<RestResponse<String>> onlyLookingOn(HttpHeaders headers) {
        var language = Language.of(headers);
        var words = words(language);
        return refused(Status.FORBIDDEN, words.lookOn(), words.lookOnText(), language);
    }

    Uni<RestResponse<String>> missing(HttpHeaders headers) {
        var language = Language.of(headers);
        var words = words(language);
        return refused(Status.NOT_FOUND, words.missing(), words.missingText(), language);
    }

    Uni<RestResponse<String>> unreadable(HttpHeaders headers) {
        var language = Language.of(headers);
        var words = words(language);
        return refused(Status.BAD_REQUEST, words.unreadable(), words.unreadableText(), language);
    }

    private Uni<RestResponse<String>> refused(Status status, String heading, String text, Language language) {
        return TaskPages.answer(status, TaskTemplates.refused(pages.frame(language), heading, text), language)
                .map(ResponseBuilder::build);
    }

    // What a form asked for is not asked for again; its page is.
    private static String withNext(URI login, UriInfo uri) {
        var wanted = uri.getRequestUri().toString().replaceFirst("/(cancel|delete)/?$", "");
        return login + (login.getRawQuery() == null ? "?" : "&") + "next="
                + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    private static Words words(Language language) {
        return MessageBundles.get(Words.class, Localized.Literal.of(language.code()));
    }
}
