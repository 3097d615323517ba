package org.openedx.aggregator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.support.ServiceProcess;
import org.openedx.aggregator.support.StubLms;

/** A replica that is told to end, again and again, while it has everything to do at once. */
class StopDrill {

    private static final int EVENTS = 60_000;
    private static final Duration LOAD = Duration.ofSeconds(70);
    private static final int ROUNDS = 3;
    private static final Duration DELAY = Duration.ofSeconds(3);
    // So long a request may take from who asks to the replica.
    private static final Duration ON_THE_WAY = Duration.ofMillis(500);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // Longer than the drill: whoever has to wait for one is not through in time.
    private static final String LEASE = "20m";

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("quarkus.shutdown.delay", DELAY.toSeconds() + "s"),
            Map.entry("aggregator.aggregation.batch-size", "100"),
            Map.entry("aggregator.stale.lease", LEASE),
            Map.entry("aggregator.task.lease", LEASE),
            Map.entry("aggregator.structure.lease", LEASE),
            Map.entry("aggregator.structure.quiet-time", "1s"),
            Map.entry("aggregator.lms.every", "1s"),
            Map.entry("aggregator.tracking.enabled", "true"),
            Map.entry("aggregator.tracking.lease", LEASE));

    private static final String HELD = """
            SELECT (SELECT COUNT(*) FROM stale_completion WHERE claim IS NOT NULL) AS marks,
                   (SELECT COUNT(*) FROM structure_request WHERE claim IS NOT NULL) AS structures,
                   (SELECT COUNT(*) FROM user_task_status WHERE claim IS NOT NULL) AS tasks,
                   (SELECT COUNT(*) FROM lease) AS leases""";
    private static final String HOLDS = """
            SELECT EXISTS (SELECT 1 FROM stale_completion WHERE claim IS NOT NULL)
               AND EXISTS (SELECT 1 FROM user_task_status WHERE claim IS NOT NULL)""";
    private static final String FETCHING = """
            SELECT COUNT(*) FROM structure_request r JOIN course c ON c.id = r.course_id
             WHERE r.claim IS NOT NULL AND c.course_key = ?""";
    private static final String FETCHED = """
            SELECT COUNT(*) FROM course WHERE structure_id IS NOT NULL AND course_key LIKE '%Hanging%'""";

    private final Seed seed = Seed.ofThisRun();
    private final Random random = seed.random("stop");
    private final Report report = new Report("A replica that is told to end under load", seed);
    private final Story story = Story.of(seed, EVENTS);
    private final Map<String, GroupCourse> courses = new HashMap<>();

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void nothing_is_lost_and_nobody_waits_for_a_lease() {
        try (var lms = new StubLms();
                var ground = new Ground("stop", with(lms.properties()));
                var replica = ground.replica("only")) {
            // Given
            replica.start().awaitUp();
            story.courses().forEach(course -> publish(replica, course));
            var driver = new Driver(story, ground.lms(), null, seed.random("driver"));
            var teller = Background.start("teller", goesOn -> driver.tell(Size.of(LOAD)));

            // When
            for (int round = 1; round <= ROUNDS; round++) {
                stopUnderLoad(lms, ground, replica, round);
                replica.start().awaitUp();
            }
            teller.end(Size.of(LOAD).plus(PATIENCE));
            long wait = System.nanoTime();
            Patience.until("all work is done", PATIENCE, () -> isDone(ground));
            report.line("until all work was done after the last stop, s", "%.1f".formatted((System.nanoTime() - wait) / 1e9));

            // Then
            Tasks.judge(ground, report);
            var verdict = new Verdict(story);
            courses.values().forEach(course -> verdict.overStored(ground, course));
        } finally {
            report.write();
        }
    }

    private static Map<String, String> with(Map<String, String> more) {
        var settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        return settings;
    }

    private void stopUnderLoad(StubLms lms, Ground ground, Replica replica, int round) {
        var hanging = GroupCourse.of("Hanging" + round, false);
        lms.publish(hanging.key(), hanging.json());
        lms.fail(hanging.key(), StubLms.Fault.silence());
        ground.lms().enroll(1, Story.username(1), hanging.key());
        Patience.until("a structure is being fetched", PATIENCE, () -> ground.sql().number(FETCHING, hanging.key()) > 0);
        var process = replica.process();
        var tasks = new Tasks(story.courses(), random);
        assertThat(tasks.report(process)).isEqualTo(202);
        var reader = Reader.start(questions(process), 8);
        story.courses().forEach(course -> publish(replica, edited(courses.get(course.key()))));
        assertThat(tasks.reaggregate(process)).isEqualTo(202);
        Patience.until("marks and a task are held", PATIENCE, Duration.ofMillis(5), () -> ground.sql().number(HOLDS) > 0);

        long told = System.nanoTime();
        process.tellToEnd();
        Patience.until("it says that it is not ready", DELAY, () -> process.get("/q/health/ready").isEmpty());
        long notReady = System.nanoTime();
        var exit = process.awaitEnd(GRACE);
        long ended = System.nanoTime();

        assertThat(exit).as("ended in time").isPresent();
        assertThat(exit.getAsInt()).isIn(0, 143);
        assertThat(ground.sql().rows(HELD)).hasToString("[{marks=0, structures=0, tasks=0, leases=0}]");
        assertAnswered(reader.end(), told + DELAY.minus(ON_THE_WAY).toNanos());
        report.line("stop " + round + ": not ready after, ended after, s",
                "%.2f, %.2f".formatted((notReady - told) / 1e9, (ended - told) / 1e9));
    }

    private static List<Reader.Question> questions(ServiceProcess process) {
        var list = process.at("/completion-aggregator/v1/course/course-v1:Fault%2BC0%2B1/?page_size=1000"
                + "&requested_fields=chapter,sequential,vertical");
        return List.of(new Reader.Question(list, DevKeys.token(Map.of("administrator", true))));
    }

    // Who asks before others can have heard that it ends is answered.
    private void assertAnswered(List<Reader.Answer> answers, long until) {
        var inTime = answers.stream().filter(answer -> answer.sentAt() < until).toList();
        assertThat(inTime).isNotEmpty();
        assertThat(inTime).filteredOn(answer -> answer.status() != 200).isEmpty();
        report.line("requests in time, later, and of these cut off", "%d, %d, %d".formatted(inTime.size(),
                answers.size() - inTime.size(), answers.stream().filter(answer -> answer.status() == Reader.BROKEN).count()));
    }

    private GroupCourse edited(GroupCourse course) {
        var leaf = course.leaves().get(random.nextInt(course.leaves().size()));
        var excluded = course.whole().blocks().get(leaf).mode() == Mode.EXCLUDED;
        return course.with(leaf, excluded ? Mode.COMPLETABLE : Mode.EXCLUDED);
    }

    private void publish(Replica replica, GroupCourse course) {
        assertThat(replica.publish(course)).isTrue();
        courses.put(course.key(), course);
    }

    private static boolean isDone(Ground ground) {
        return ground.isIdle() && Tasks.areFinished(ground) && ground.sql().number(FETCHED) == ROUNDS
                && ground.sql().number("SELECT COUNT(*) FROM progress_event_outbox") == 0;
    }
}
