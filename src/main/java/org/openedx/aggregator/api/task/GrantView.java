package org.openedx.aggregator.api.task;

import java.util.List;

import org.openedx.aggregator.task.Grantee;
import org.openedx.aggregator.task.TaskGrant;
import org.openedx.aggregator.task.TaskPermission;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** With whom a task is shared: a person, or the staff of a course. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantView(String username, @JsonProperty("course_key") String courseKey, List<String> permissions) {

    static GrantView of(TaskGrant grant) {
        var permissions = grant.permissions().stream().map(TaskPermission::word).toList();
        return grant.grantee() instanceof Grantee.CourseStaff staff
                ? new GrantView(null, staff.course().value(), permissions)
                : new GrantView(((Grantee.Person) grant.grantee()).username(), null, permissions);
    }
}
