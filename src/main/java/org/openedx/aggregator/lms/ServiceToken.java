package org.openedx.aggregator.lms;

import static org.openedx.aggregator.lms.LmsException.Trouble.REFUSED;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** The token this service shows the LMS: got with its client credentials, kept until shortly before it expires. */
@ApplicationScoped
class ServiceToken {

    private static final int MAX_BYTES = 1 << 20;
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);
    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(5);

    private final LmsHttp http;
    private final LmsConfig config;
    private final ObjectMapper json;
    private final Clock clock;
    private volatile Token current = new Token("", Instant.MIN);

    ServiceToken(LmsHttp http, LmsConfig config, ObjectMapper json, Clock clock) {
        this.http = http;
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    private record Token(String text, Instant renewAt) {
    }

    /** The current token, or a new one. */
    Uni<String> get() {
        var token = current;
        return clock.instant().isBefore(token.renewAt()) ? Uni.createFrom().item(token.text()) : renew();
    }

    /** The LMS did not accept a token: it is not shown again. */
    void reject(String text) {
        if (current.text().equals(text)) {
            current = new Token("", Instant.MIN);
        }
    }

    private Uni<String> renew() {
        if (config.clientId().isEmpty() || config.clientSecret().isEmpty()) {
            return Uni.createFrom().failure(new LmsException(REFUSED,
                    "aggregator.lms.client-id and aggregator.lms.client-secret are not set"));
        }
        var request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(LmsUrl.of(config, "/oauth2/access_token/"))
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .putHeader("Accept", "application/json");
        return http.send(request, form(), this::read)
                .onFailure(LmsException.class)
                .transform(ServiceToken::explained)
                .invoke(token -> current = token)
                .map(Token::text);
    }

    private Buffer form() {
        return Buffer.buffer("grant_type=client_credentials&token_type=jwt"
                + "&client_id=" + encoded(config.clientId()) + "&client_secret=" + encoded(config.clientSecret()));
    }

    private Token read(InputStream body) throws IOException {
        var answer = json.readTree(body.readNBytes(MAX_BYTES));
        var text = answer.path("access_token").asText();
        if (text.isEmpty()) {
            throw new LmsException(REFUSED, "The answer of the LMS to the request for a token holds none");
        }
        var life = life(answer);
        var margin = life.dividedBy(10).compareTo(LONGEST_MARGIN) < 0 ? life.dividedBy(10) : LONGEST_MARGIN;
        return new Token(text, clock.instant().plus(life).minus(margin));
    }

    private static Duration life(JsonNode answer) {
        var seconds = answer.path("expires_in").asLong();
        return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE)) : DEFAULT_LIFE;
    }

    // What is refused or missing here is not a course.
    private static LmsException explained(LmsException failure) {
        var message = "No token from the LMS: " + failure.getMessage();
        return failure.isPassing()
                ? new LmsException(failure.trouble(), message, failure.retryAfter())
                : new LmsException(REFUSED, message);
    }

    private static String encoded(Optional<String> text) {
        return URLEncoder.encode(text.orElseThrow(), StandardCharsets.UTF_8);
    }
}
