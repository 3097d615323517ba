package org.openedx.aggregator.task;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

import org.openedx.aggregator.key.CourseKey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** With whom tasks are shared. */
final class PermissionTable {

    // A task may be gone by the time it is shared.
    private static final String PUT = """
            INSERT INTO user_task_permission (task, username, course_key, org, artifacts, cancel, may_delete)
            SELECT uuid, ?, ?, ?, ?, ?, ? FROM user_task_status WHERE uuid = ?
            ON DUPLICATE KEY UPDATE artifacts = VALUES(artifacts), cancel = VALUES(cancel), may_delete = VALUES(may_delete)""";

    private static final String REMOVE = """
            DELETE FROM user_task_permission WHERE task = ? AND username = ? AND course_key = ?""";

    private static final String COLUMNS = "SELECT username, course_key, artifacts, cancel, may_delete FROM user_task_permission";

    private static final String OF_TASK = COLUMNS + " WHERE task = ? ORDER BY course_key, username";

    private static final String ON_TASK_OR_ABOVE = """
            WITH RECURSIVE above (uuid, parent) AS (
              SELECT uuid, parent FROM user_task_status WHERE uuid = ?
               UNION ALL SELECT s.uuid, s.parent FROM user_task_status s JOIN above a ON s.uuid = a.parent)
            """ + COLUMNS + " WHERE task IN (SELECT uuid FROM above) AND (username = ? OR username = '')";

    private static final String DELETE = "DELETE FROM user_task_permission WHERE task IN (%s)";

    private PermissionTable() {
    }

    static Uni<Void> put(SqlClient client, String task, TaskGrant grant) {
        var may = grant.permissions();
        var values = named(Tuple.tuple(), grant.grantee())
                .addString(org(grant.grantee()))
                .addBoolean(may.contains(TaskPermission.ARTIFACTS))
                .addBoolean(may.contains(TaskPermission.CANCEL))
                .addBoolean(may.contains(TaskPermission.DELETE))
                .addString(task);
        return client.preparedQuery(PUT).execute(values).replaceWithVoid();
    }

    static Uni<Void> remove(SqlClient client, String task, Grantee grantee) {
        return client.preparedQuery(REMOVE).execute(named(Tuple.of(task), grantee)).replaceWithVoid();
    }

    static Uni<List<TaskGrant>> of(SqlClient client, String task) {
        return client.preparedQuery(OF_TASK).execute(Tuple.of(task)).map(PermissionTable::grants);
    }

    /** What may concern a person: grants to them and to the staff of courses, on the task and on what it is part of. */
    static Uni<List<TaskGrant>> concerning(SqlClient client, String task, String username) {
        return client.preparedQuery(ON_TASK_OR_ABOVE).execute(Tuple.of(task, username)).map(PermissionTable::grants);
    }

    static Uni<Void> deleteOf(SqlConnection transaction, Collection<String> tasks) {
        return transaction.query(DELETE.formatted(ClaimTable.quoted(tasks))).execute().replaceWithVoid();
    }

    private static Tuple named(Tuple values, Grantee grantee) {
        return grantee instanceof Grantee.CourseStaff staff
                ? values.addString("").addString(staff.course().value())
                : values.addString(((Grantee.Person) grantee).username()).addString("");
    }

    private static String org(Grantee grantee) {
        return grantee instanceof Grantee.CourseStaff staff ? staff.course().org() : "";
    }

    private static List<TaskGrant> grants(RowSet<Row> rows) {
        return rows.stream().map(PermissionTable::grant).toList();
    }

    private static TaskGrant grant(Row row) {
        var permissions = EnumSet.of(TaskPermission.VIEW);
        add(permissions, row, "artifacts", TaskPermission.ARTIFACTS);
        add(permissions, row, "cancel", TaskPermission.CANCEL);
        add(permissions, row, "may_delete", TaskPermission.DELETE);
        var username = row.getString("username");
        var grantee = username.isEmpty()
                ? new Grantee.CourseStaff(CourseKey.parse(row.getString("course_key")))
                : new Grantee.Person(username);
        return new TaskGrant(grantee, permissions);
    }

    private static void add(EnumSet<TaskPermission> permissions, Row row, String column, TaskPermission permission) {
        if (row.getBoolean(column)) {
            permissions.add(permission);
        }
    }
}
