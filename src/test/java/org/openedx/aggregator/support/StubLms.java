package org.openedx.aggregator.support;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * An LMS as far as a service account sees it: gives tokens for client credentials, and structures and outlines of courses
 * for tokens. It can be told to behave badly, once for each fault it is given, course by course.
 */
public final class StubLms implements AutoCloseable {

    public static final String CLIENT_ID = "completion-service";
    public static final String CLIENT_SECRET = "s3cret & more";

    private static final String BLOCKS = "/api/courses/v2/blocks/";
    private static final String OUTLINE = "/api/learning_sequences/v1/course_outline/";
    private static final String HOST = "127.0.0.1";

    // An outline has many sections; this one cannot be packed either.
    private static final String LONG_TITLE = new Random(1).ints(1 << 20, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger issued = new AtomicInteger();
    private final List<String> addresses = new CopyOnWriteArrayList<>();
    private final Deque<Fault> tokenFaults = new ConcurrentLinkedDeque<>();
    private volatile Optional<Fault> outlineFault = Optional.empty();
    private volatile HttpServer server;
    private volatile long tokenSeconds = 3600;
    private volatile boolean staff = true;
    private volatile boolean outlines = true;

    /** What an LMS may do instead of answering as it should. */
    public interface Fault {

        void answer(HttpServerRequest request);

        static Fault status(int status) {
            return request -> json(request, status, "{\"developer_message\": \"as told\"}");
        }

        static Fault retryAfter(int status, String when) {
            return request -> {
                request.response().putHeader("Retry-After", when);
                json(request, status, "{\"detail\": \"Request was throttled.\"}");
            };
        }

        static Fault body(String body) {
            return request -> json(request, 200, body);
        }

        /** Says nothing at all. */
        static Fault silence() {
            return request -> {
            };
        }

        /** Promises more than it sends. */
        static Fault cutOff(String beginning) {
            return request -> {
                request.response().putHeader("Content-Length", "1000000").putHeader("Content-Type", "application/json");
                request.response().write(beginning).onComplete(written -> request.connection().close());
            };
        }

        /** A page of somebody else, such as a proxy. */
        static Fault page(int status) {
            return request -> request.response().setStatusCode(status).putHeader("Content-Type", "text/html").end("<html>");
        }
    }

    private static final class Course {
        private final Deque<Fault> faults = new ArrayDeque<>();
        private final AtomicInteger fetches = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private volatile Optional<GeneratedBody> body = Optional.empty();
        private volatile int version;
        private volatile Duration delay = Duration.ZERO;

        private synchronized Optional<Fault> nextFault() {
            return Optional.ofNullable(faults.poll());
        }

        private synchronized void add(List<Fault> more) {
            faults.addAll(more);
        }
    }

    public StubLms() {
        this.server = listen(0);
        this.port = server.actualPort();
    }

    public String url() {
        return "http://" + HOST + ":" + port;
    }

    /** The settings that lead the service here. */
    public Map<String, String> properties() {
        return Map.of("aggregator.lms.url", url(), "aggregator.lms.client-id", CLIENT_ID, "aggregator.lms.client-secret",
                CLIENT_SECRET);
    }

    /** Publishes a structure, as {@code {"root": …, "blocks": …}}. */
    public void publish(String course, String structure) {
        publish(course, GeneratedBody.of(structure));
    }

    /** Publishes a structure that is made while it is sent. */
    public void publish(String course, GeneratedBody structure) {
        var known = course(course);
        known.version++;
        known.body = Optional.of(structure);
    }

    /** Takes a course away. */
    public void remove(String course) {
        course(course).body = Optional.empty();
    }

    /** What the next requests for the blocks of a course get, one fault each. */
    public void fail(String course, Fault... faults) {
        course(course).add(List.of(faults));
    }

    /** How long each answer with the blocks of a course takes. */
    public void delay(String course, Duration delay) {
        course(course).delay = delay;
    }

    /** How often the blocks of a course were asked for. */
    public int fetches(String course) {
        return course(course).fetches.get();
    }

    /** How many such requests there were at the same time. */
    public int mostAtOnce(String course) {
        return course(course).mostAtOnce.get();
    }

    /** The paths and queries of all requests so far. */
    public List<String> addresses() {
        return addresses;
    }

    /** How many tokens were given. */
    public int tokens() {
        return issued.get();
    }

    /** How long tokens say they are good for, from now on. */
    public void giveTokensFor(Duration life) {
        tokenSeconds = life.toSeconds();
    }

    /** From now on no token given so far is accepted. */
    public void revokeTokens() {
        tokens.clear();
    }

    /** What the next requests for a token get. */
    public void failTokens(Fault... faults) {
        tokenFaults.addAll(List.of(faults));
    }

    /** What all requests for an outline get, until told otherwise. */
    public void failOutlines(Fault fault) {
        outlineFault = Optional.of(fault);
    }

    /** Outlines are answered as they should be. */
    public void mendOutlines() {
        outlineFault = Optional.empty();
    }

    /** Whether the service user is staff. */
    public void setStaff(boolean isStaff) {
        staff = isStaff;
    }

    /** Whether there is an outline API. */
    public void setOutlines(boolean thereAre) {
        outlines = thereAre;
    }

    /** From now on connections are refused. */
    public void stop() {
        await(server.close());
    }

    /** Takes connections again, at the same address. */
    public void start() {
        server = listen(port);
    }

    private HttpServer listen(int wanted) {
        return await(vertx.createHttpServer(new HttpServerOptions().setHost(HOST).setPort(wanted).setCompressionSupported(true))
                .requestHandler(this::answer)
                .listen());
    }

    private void answer(HttpServerRequest request) {
        addresses.add(request.uri());
        if (request.path().startsWith("/oauth2/access_token")) {
            request.setExpectMultipart(true);
            request.endHandler(end -> giveToken(request));
        } else if (!tokens.contains(request.getHeader("Authorization"))) {
            json(request, 401, "{\"detail\": \"Invalid token.\"}");
        } else if (request.path().equals(BLOCKS)) {
            blocks(request);
        } else if (outlines && request.path().startsWith(OUTLINE)) {
            outline(request, URLDecoder.decode(request.path().substring(OUTLINE.length()), StandardCharsets.UTF_8));
        } else {
            Fault.page(404).answer(request);
        }
    }

    private void giveToken(HttpServerRequest request) {
        var fault = tokenFaults.poll();
        var form = request.formAttributes();
        if (fault != null) {
            fault.answer(request);
        } else if (!CLIENT_ID.equals(form.get("client_id")) || !CLIENT_SECRET.equals(form.get("client_secret"))
                || !"client_credentials".equals(form.get("grant_type")) || !"jwt".equals(form.get("token_type"))) {
            json(request, 401, "{\"error\": \"invalid_client\"}");
        } else {
            var token = "token" + issued.incrementAndGet();
            tokens.add("JWT " + token);
            json(request, 200, ("{\"access_token\": \"%s\", \"token_type\": \"JWT\", \"expires_in\": %d, "
                    + "\"scope\": \"read write email profile\"}").formatted(token, tokenSeconds));
        }
    }

    private void blocks(HttpServerRequest request) {
        var key = request.getParam("course_id");
        if (key == null || !"true".equals(request.getParam("all_blocks")) || !"all".equals(request.getParam("depth"))) {
            json(request, 400, "{\"developer_message\": \"This field is required unless all_blocks is requested.\"}");
            return;
        }
        var course = course(key);
        course.fetches.incrementAndGet();
        course.mostAtOnce.accumulateAndGet(course.atOnce.incrementAndGet(), Math::max);
        request.response().endHandler(end -> course.atOnce.decrementAndGet());
        request.response().exceptionHandler(gone -> course.atOnce.decrementAndGet());
        if (course.delay.isZero()) {
            blocks(request, course);
        } else {
            vertx.setTimer(course.delay.toMillis(), late -> blocks(request, course));
        }
    }

    private void blocks(HttpServerRequest request, Course course) {
        var fault = course.nextFault();
        if (fault.isPresent()) {
            fault.get().answer(request);
        } else if (!staff) {
            json(request, 403, "{\"detail\": \"You do not have permission to perform this action.\"}");
        } else if (course.body.isEmpty()) {
            json(request, 404, "{\"detail\": \"Not found.\"}");
        } else {
            course.body.get().send(request.response().putHeader("Content-Type", "application/json"));
        }
    }

    private void outline(HttpServerRequest request, String key) {
        var course = course(key);
        if (outlineFault.isPresent()) {
            outlineFault.get().answer(request);
        } else if (!staff || course.body.isEmpty()) {
            json(request, staff ? 404 : 403, "{\"detail\": \"Not found.\"}");
        } else {
            json(request, 200, ("{\"course_key\": \"%s\", \"published_version\": \"%024x\", \"days_early_for_beta\": null, "
                    + "\"outline\": {\"sections\": [{\"title\": \"%s\"}], \"sequences\": {}}}")
                    .formatted(key, course.version, LONG_TITLE));
        }
    }

    private Course course(String key) {
        return courses.computeIfAbsent(key, any -> new Course());
    }

    private static void json(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(body);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
