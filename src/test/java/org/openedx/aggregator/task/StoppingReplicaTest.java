package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.lease.Ending;
import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.support.TaskProfile;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(TaskProfile.class)
class StoppingReplicaTest {

    private static final Requester ALICE = new Requester(OptionalLong.of(7), "alice");

    @Inject
    UserTasks tasks;

    @Inject
    TaskClaims claims;

    @Inject
    TaskKinds kinds;

    @Inject
    TaskFiles files;

    @Inject
    TaskConfig config;

    @Inject
    Clock clock;

    @Inject
    Vertx vertx;

    @Inject
    TaskMetrics metrics;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : List.of("user_task_status", "user_task_artifact", "user_task_file_deletion")) {
            Database.rows("DELETE FROM " + table);
        }
    }

    @Test
    void a_task_goes_on_at_once_where_another_replica_takes_it() {
        // Given
        var request = ScriptedTask.request(3, progress -> progress.lastCheckpoint().isPresent()
                ? progress.text("Output", "whole")
                : progress.stepDone()
                        .chain(() -> progress.checkpoint(new JsonObject().put("step", 1)))
                        .chain(() -> Uni.createFrom().nothing()));
        var task = Result.of(tasks.start(ALICE, request)).uuid();
        var openWork = new OpenWork();
        replica(openWork).runTasks().subscribeAsCompletionStage();
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .until(() -> Result.of(tasks.find(task, TaskViewer.ofService())).completedSteps() == 1);

        // When
        boolean ended = Ending.of(openWork);
        var handedBack = Result.of(tasks.find(task, TaskViewer.ofService()));
        Result.of(replica(new OpenWork()).runTasks());

        // Then
        var done = Result.of(tasks.find(task, TaskViewer.ofService()));
        assertThat(ended).isTrue();
        assertThat(handedBack.state()).isEqualTo("Retrying");
        assertThat(handedBack.completedSteps()).isEqualTo(1);
        assertThat(done.state()).isEqualTo("Succeeded");
        assertThat(done.attempts()).isEqualTo(1);
        assertThat(done.artifacts()).hasSize(1);
    }

    private UserTaskJob replica(OpenWork openWork) {
        return new UserTaskJob(claims, new TaskRunner(kinds, claims, files, config, clock, vertx, metrics, openWork), config,
                openWork);
    }
}
