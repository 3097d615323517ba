package org.openedx.aggregator.page;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.task.Container;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.TaskRequest;
import org.openedx.aggregator.task.UserTasks;

import io.smallrye.mutiny.Uni;

/** Tasks in any state a page may have to show. */
record Rows(UserTasks tasks) {

    UUID start(String username, String name) {
        return Result.of(tasks.start(owner(username), request(name))).uuid();
    }

    UUID group(String username, String name, String... parts) {
        var requests = List.of(parts).stream().map(Rows::request).toList();
        return Result.of(tasks.start(owner(username), Container.GROUP, name, requests)).uuid();
    }

    static void set(UUID task, String state, int steps) {
        var finished = List.of("Succeeded", "Failed", "Canceled").contains(state);
        Database.rows("""
                UPDATE user_task_status SET state = ?, completed_steps = ?, phase = ?, version = version + 1,
                       modified = UTC_TIMESTAMP(6), started = COALESCE(started, UTC_TIMESTAMP(6)),
                       finished = IF(phase = 3, UTC_TIMESTAMP(6), NULL)
                 WHERE uuid = ?""", state, steps, finished ? 3 : 2, task.toString());
    }

    static void artifact(UUID task, String name, String column, String value) {
        Database.rows("INSERT INTO user_task_artifact (uuid, created, modified, status_uuid, name, file_name, media_type, "
                + column + ") VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, 'report.csv', 'text/csv', ?)",
                UUID.randomUUID().toString(), task.toString(), name, value);
    }

    static void clear() {
        Database.rows("DELETE FROM user_task_status");
        Database.rows("DELETE FROM user_task_artifact");
    }

    private static Requester owner(String username) {
        return new Requester(OptionalLong.empty(), username);
    }

    private static TaskRequest request(String name) {
        var request = ScriptedTask.request(10, progress -> Uni.createFrom().voidItem());
        return new TaskRequest(request.action(), request.parameters().copy().put("name", name));
    }
}
