package org.openedx.aggregator.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.oracle.RandomCourse;
import org.openedx.aggregator.oracle.RandomEvents;
import org.openedx.aggregator.oracle.Sent;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.ServiceProcess;
import org.openedx.aggregator.support.Sql;

/** A database, topics and a consumer group that no other test meets, and what the LMS has to say there. */
final class World implements AutoCloseable {

    static final List<Long> LEARNERS = LongStream.rangeClosed(1, 300).boxed().toList();

    // Who may do everything there and nothing elsewhere, as with an operator.
    private static final String PASSWORD = "unmistakable-password-of-the-service";
    private static final int EVENTS = 40_000;
    private static final int BLOCKS = 40;

    private final EmbeddedServices services = EmbeddedServices.start();
    private final String name;
    private final String jdbcUrl;
    private final String reactiveUrl;
    private final Lms lms;
    private final List<Course> courses;
    private final List<Sent> sent = new ArrayList<>();
    private int starts;

    World(String of) {
        name = of + ProcessHandle.current().pid();
        jdbcUrl = services.jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
        reactiveUrl = services.reactiveUrl().replaceFirst("/[^/]*$", "/" + name);
        lms = new Lms(name, name + "-");
        courses = IntStream.range(0, 3)
                .mapToObj(number -> RandomCourse.ofSize(number, name + number, BLOCKS))
                .toList();
        administrator().rows("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        administrator().rows("CREATE USER " + name + " IDENTIFIED BY '" + PASSWORD + "'");
        administrator().rows("GRANT ALL ON " + name + ".* TO " + name);
    }

    private Sql administrator() {
        return new Sql(services.jdbcUrl(), services.user(), services.password());
    }

    Sql sql() {
        return new Sql(jdbcUrl, name, PASSWORD);
    }

    List<Course> courses() {
        return courses;
    }

    List<Sent> sent() {
        return sent;
    }

    /** Everything at once, so that there is something to be interrupted in. */
    void sendEverything() {
        for (var course : courses) {
            LEARNERS.forEach(learner -> lms.enroll(learner, "learner" + learner, course.key()));
            sent.addAll(RandomEvents.of(course.key().hashCode(), course, LEARNERS));
        }
        Collections.shuffle(sent, new Random(1));
        sent.subList(Math.min(EVENTS, sent.size()), sent.size()).clear();
        sent.forEach(event -> event.by(lms));
        lms.flush();
    }

    void enrollIn(Course course) {
        enroll(LEARNERS, course);
    }

    void enroll(Collection<Long> learners, Course course) {
        learners.forEach(learner -> lms.enroll(learner, "learner" + learner, course.key()));
        lms.flush();
    }

    /** What the usual learners complete in one course. */
    void complete(Course course) {
        RandomEvents.of(1, course, LEARNERS).forEach(event -> event.by(lms));
        lms.flush();
    }

    String name() {
        return name;
    }

    long lag() {
        return lms.lag();
    }

    long facts() {
        return sql().number("SELECT COUNT(*) FROM block_completion");
    }

    /** 0 also before the first start has made the tables. */
    long factsOrNone() {
        var tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ? AND table_name = 'block_completion'";
        return sql().number(tables, name) == 0 ? 0 : facts();
    }

    long marks() {
        return sql().number("SELECT COUNT(*) FROM stale_completion");
    }

    long claims() {
        return sql().number("SELECT COUNT(*) FROM stale_completion WHERE claim IS NOT NULL");
    }

    long results() {
        return sql().number("SELECT COUNT(*) FROM progress");
    }

    long pendingEvents() {
        return sql().number("SELECT COUNT(*) FROM progress_event_outbox");
    }

    ServiceProcess start() {
        return start(Map.of());
    }

    /** With some more settings. */
    ServiceProcess start(Map<String, String> more) {
        starts++;
        var settings = new HashMap<>(settings());
        settings.putAll(more);
        return ServiceProcess.start(settings, Path.of("target", "crash", name + "-" + starts + ".log"));
    }

    // Small batches, so that a kill hits the middle of the work; and a broker that knows the service again: without the
    // name it would wait for the dead one's session to end.
    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("quarkus.datasource.jdbc.url", jdbcUrl),
                Map.entry("quarkus.datasource.reactive.url", reactiveUrl),
                Map.entry("quarkus.datasource.username", name),
                Map.entry("quarkus.datasource.password", PASSWORD),
                Map.entry("kafka.bootstrap.servers", services.bootstrapServers()),
                Map.entry("aggregator.event.topics", String.join(",", lms.topics())),
                Map.entry("aggregator.event.dead-letter-topic", name + "-dead-letters"),
                Map.entry("mp.messaging.incoming.events.group.id", name),
                Map.entry("mp.messaging.incoming.events.group.instance.id", name),
                Map.entry("mp.messaging.incoming.events.max.poll.records", "200"),
                // Else it would take in everything while it waits for who might still send requests.
                Map.entry("quarkus.shutdown.delay", "0s"),
                Map.entry("aggregator.aggregation.every", "1s"),
                Map.entry("aggregator.aggregation.batch-size", "20"),
                Map.entry("aggregator.stale.lease", "3s"));
    }

    @Override
    public void close() {
        lms.close();
        administrator().rows("DROP DATABASE " + name);
        administrator().rows("DROP USER " + name);
    }
}
