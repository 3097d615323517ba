package org.openedx.aggregator.lms;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lms.LmsHttp.Reader;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Questions to the LMS as the service user, asked again at once where that may help. */
@ApplicationScoped
class LmsApi {

    private final LmsHttp http;
    private final ServiceToken token;
    private final LmsConfig config;

    LmsApi(LmsHttp http, ServiceToken token, LmsConfig config) {
        this.http = http;
        this.token = token;
        this.config = config;
    }

    /** @throws LmsException (as failure) if there is no answer to be read; other failures are the reader's own */
    <T> Uni<T> get(String path, Reader<T> reader) {
        return attempt(path, reader, 0);
    }

    private <T> Uni<T> attempt(String path, Reader<T> reader, int repetition) {
        return authorized(path, reader)
                .onFailure(UnauthorizedException.class)
                .recoverWithUni(() -> authorized(path, reader))
                .onFailure(failure -> isWorthRepeating(failure, repetition))
                .recoverWithUni(failure -> again(path, reader, repetition, (LmsException) failure));
    }

    private <T> Uni<T> authorized(String path, Reader<T> reader) {
        return token.get()
                .chain(text -> get(path, reader, text));
    }

    private <T> Uni<T> get(String path, Reader<T> reader, String text) {
        var request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(LmsUrl.of(config, path))
                .putHeader("Accept", "application/json")
                .putHeader("Authorization", "JWT " + text);
        return http.send(request, null, reader)
                .onFailure(UnauthorizedException.class)
                .invoke(() -> token.reject(text));
    }

    private <T> Uni<T> again(String path, Reader<T> reader, int repetition, LmsException failure) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(pause(failure, repetition))
                .chain(() -> attempt(path, reader, repetition + 1));
    }

    private boolean isWorthRepeating(Throwable failure, int repetition) {
        return failure instanceof LmsException lms && lms.isPassing() && repetition < config.repetitions()
                && !http.isPaused() && lms.retryAfter().compareTo(config.longestRepetition()) <= 0;
    }

    private Duration pause(LmsException failure, int repetition) {
        var doubled = config.repetitionAfter().multipliedBy(1L << repetition);
        var jittered = doubled.multipliedBy(ThreadLocalRandom.current().nextLong(50, 151)).dividedBy(100);
        return jittered.compareTo(failure.retryAfter()) > 0 ? jittered : failure.retryAfter();
    }
}
