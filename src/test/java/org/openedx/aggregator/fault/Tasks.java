package org.openedx.aggregator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

import org.openedx.aggregator.support.ServiceProcess;

/** Has reports made and courses computed again, wherever somebody answers. */
final class Tasks {

    private static final Duration START_EVERY = Duration.ofSeconds(4);
    private static final String ROOT = "/completion-aggregator/v1/";
    private static final String UNFINISHED = "SELECT COUNT(*) FROM user_task_status WHERE finished IS NULL";
    private static final String ALL = "SELECT uuid, state, attempts, running_fingerprint, task_class FROM user_task_status";
    private static final String OUTPUTS = """
            SELECT s.uuid, a.file, a.size FROM user_task_status s
              LEFT JOIN user_task_artifact a ON a.status_uuid = s.uuid AND a.name = 'Output'
             WHERE s.task_class LIKE '%report%'""";

    private final List<GroupCourse> courses;
    private final Random random;

    Tasks(List<GroupCourse> courses, Random random) {
        this.courses = courses;
        this.random = random;
    }

    /** One after the other; who gets no answer does not ask again. */
    void startOnAndOn(Replicas replicas, BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            Patience.pause(START_EVERY);
            var replica = replicas.any(random);
            if (replica.isWorking()) {
                tried(replica.process());
            }
        }
    }

    private void tried(ServiceProcess process) {
        try {
            if (random.nextBoolean()) {
                report(process);
            } else {
                reaggregate(process);
            }
        } catch (UncheckedIOException killed) {
            // The task may be there, or not.
        }
    }

    /** Answers the status. */
    int report(ServiceProcess process) {
        return process.post(ROOT + "reports/",
                "{\"course_keys\": [\"%s\"], \"requested_fields\": [\"chapter\"]}".formatted(key()));
    }

    /** Answers the status. */
    int reaggregate(ServiceProcess process) {
        return process.post(ROOT + "reaggregate/", "{\"course_keys\": [\"%s\"]}".formatted(key()));
    }

    private String key() {
        return courses.get(random.nextInt(courses.size())).key();
    }

    static boolean areFinished(Ground ground) {
        return ground.sql().number(UNFINISHED) == 0;
    }

    /** Each has ended well, and each report has left one file. */
    static void judge(Ground ground, Report report) {
        var all = ground.sql().rows(ALL);
        assertThat(all).isNotEmpty().allSatisfy(task -> {
            assertThat(task.get("state")).as("%s", task).isEqualTo("Succeeded");
            assertThat(task.get("running_fingerprint")).as("%s", task).isNull();
        });
        var outputs = ground.sql().rows(OUTPUTS);
        assertThat(outputs).doesNotHaveDuplicates().allSatisfy(output -> assertThat(isThere(ground, output)).isTrue());
        report.line("user tasks, reports among them, attempts at most", "%d, %d, %s".formatted(all.size(), outputs.size(),
                all.stream().mapToInt(task -> (Integer) task.get("attempts")).max().orElseThrow()));
    }

    private static boolean isThere(Ground ground, Map<String, Object> output) throws java.io.IOException {
        var file = Path.of(ground.artifacts().toString(), String.valueOf(output.get("file")));
        return Files.exists(file) && Files.size(file) == (Long) output.get("size");
    }
}
