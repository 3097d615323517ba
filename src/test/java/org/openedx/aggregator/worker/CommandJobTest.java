package org.openedx.aggregator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.TaskProfile;
import org.openedx.aggregator.task.TaskCommand;
import org.openedx.aggregator.task.TaskCommands;
import org.openedx.aggregator.tracking.EventBox;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(TaskProfile.class)
class CommandJobTest {

    @Inject
    CommandJob job;

    @Inject
    TaskCommands commands;

    @Inject
    WorkerConfig config;

    @Test
    void a_command_comes_to_the_topic_once() {
        // Given
        var task = command();
        try (var box = new EventBox("user-task-commands", record -> new String(record.key()).equals(task))) {
            // When
            Result.of(job.sendCommands());
            Result.of(job.sendCommands());

            // Then
            assertThat(box.atLeast(1)).singleElement().satisfies(record -> {
                var json = new JsonObject(EventBox.value(record));
                assertThat(json.getMap()).containsEntry("command", "cancel").containsEntry("task", task)
                        .containsEntry("task_id", "celery-1").containsEntry("worker", "studio")
                        .containsEntry("requested_by", "alice").containsEntry("time", "2026-05-04T12:00:00Z");
            });
            assertThat(waiting(task)).isZero();
        }
    }

    @Test
    void a_command_waits_while_the_broker_is_away() {
        // Given
        var task = command();
        var away = new CommandJob(commands, new Away(), config, new OpenWork());

        // When
        Result.of(away.sendCommands());

        // Then
        assertThat(waiting(task)).isEqualTo(1);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Result.of(job.sendCommands());
            assertThat(waiting(task)).isZero();
        });
    }

    private static final class Away extends CommandTopic {

        private Away() {
            super(null);
        }

        @Override
        Uni<Void> send(TaskCommand command) {
            return Uni.createFrom().failure(new IllegalStateException("The broker is away"));
        }
    }

    private static String command() {
        var task = UUID.randomUUID().toString();
        Database.rows("DELETE FROM user_task_command");
        Database.rows("INSERT INTO user_task_command (task, task_id, worker, requested_by, created, due_at) "
                + "VALUES (?, 'celery-1', 'studio', 'alice', '2026-05-04 12:00:00', UTC_TIMESTAMP(6))", task);
        return task;
    }

    private static long waiting(String task) {
        return Database.number("SELECT COUNT(*) FROM user_task_command WHERE task = ?", task);
    }
}
