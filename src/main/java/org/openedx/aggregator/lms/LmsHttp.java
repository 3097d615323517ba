package org.openedx.aggregator.lms;

import static org.openedx.aggregator.lms.LmsException.Trouble.UNAVAILABLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.CancellationException;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;

/** One request and its answer, read on a worker thread as it arrives. */
@ApplicationScoped
class LmsHttp {

    private final Vertx vertx;
    private final LmsConfig config;
    private final Clock clock;
    private final Breaker breaker;
    private final HttpClient client;

    LmsHttp(Vertx vertx, LmsConfig config, TlsConfigurationRegistry tls, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.breaker = new Breaker(clock, config.breakerFailures(), config.breakerPause());
        this.client = vertx.createHttpClient(options(config, tls));
    }

    /** Reads a body that may block and may fail half-way. */
    interface Reader<T> {
        T read(InputStream body) throws IOException;
    }

    /** Whether the LMS failed lately and is left alone. */
    boolean isPaused() {
        return breaker.isOpen();
    }

    /**
     * Sends one request and reads the body of the answer if that is a 200.
     *
     * @param body null for none
     * @throws LmsException (as failure) if there is no such answer or it breaks off; other failures are the reader's own
     */
    <T> Uni<T> send(RequestOptions request, Buffer body, Reader<T> reader) {
        return Uni.createFrom()
                .voidItem()
                .invoke(breaker::enter)
                .chain(() -> attempt(request, body, reader));
    }

    private <T> Uni<T> attempt(RequestOptions request, Buffer body, Reader<T> reader) {
        return answer(request, body, reader)
                .onItemOrFailure()
                .invoke((item, failure) -> tell(failure));
    }

    private <T> Uni<T> answer(RequestOptions request, Buffer body, Reader<T> reader) {
        return client.request(limited(request))
                .chain(connected -> send(connected, body))
                .map(this::stream)
                .onFailure()
                .transform(LmsHttp::unreachable)
                .chain(answer -> read(answer, reader));
    }

    private record Answer(AnswerHead head, BodyStream body) {
    }

    private static Uni<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
        return (body == null ? request.send() : request.send(io.vertx.mutiny.core.buffer.Buffer.newInstance(body)))
                .invoke(response -> response.pause());
    }

    private Answer stream(HttpClientResponse response) {
        var head = new AnswerHead(response.statusCode(), response.getHeader("Content-Type"),
                response.getHeader("Retry-After"));
        return new Answer(head, new BodyStream(response.getDelegate(), vertx.getDelegate().getOrCreateContext(),
                config.maxAnswer().asLongValue(), config.timeout()));
    }

    // Not one after the other, as the default is: one answer must not wait for another to arrive.
    private <T> Uni<T> read(Answer answer, Reader<T> reader) {
        return vertx.executeBlocking(() -> consume(answer, reader), false)
                .onCancellation()
                .invoke(() -> answer.body().fail(new CancellationException("given up")));
    }

    private <T> T consume(Answer answer, Reader<T> reader) {
        try (var body = answer.body()) {
            answer.head().requireOk(body, clock);
            var item = reader.read(body);
            // Whatever follows is read, so that the connection can be used again.
            body.skip(Long.MAX_VALUE);
            return item;
        } catch (IOException | UncheckedIOException e) {
            throw new LmsException(UNAVAILABLE, "The answer of the LMS broke off: " + root(e));
        }
    }

    private void tell(Throwable failure) {
        if (failure instanceof LmsException lms && lms.isPassing()) {
            breaker.failed(lms.getMessage());
        } else {
            breaker.succeeded();
        }
    }

    private RequestOptions limited(RequestOptions request) {
        return request.setConnectTimeout(config.connectTimeout().toMillis())
                .setIdleTimeout(config.timeout().toMillis());
    }

    private static LmsException unreachable(Throwable failure) {
        return new LmsException(UNAVAILABLE, "The LMS cannot be reached or does not answer: " + root(failure));
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        for (int depth = 0; depth < 10 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static HttpClientOptions options(LmsConfig config, TlsConfigurationRegistry tls) {
        var options = new HttpClientOptions()
                .setDecompressionSupported(true)
                .setMaxPoolSize(config.parallelFetches() + 2);
        trust(config, tls, options);
        return options;
    }

    private static void trust(LmsConfig config, TlsConfigurationRegistry tls, HttpClientOptions options) {
        TlsConfiguration.from(tls, config.tlsConfigurationName())
                .or(tls::getDefault)
                .ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
    }
}
