package org.openedx.aggregator.task;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.CourseRoles;
import org.openedx.aggregator.learner.StaffedCourses;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Who may do what with a task: its owner and superusers everything, others what it is shared for. */
@ApplicationScoped
class TaskAccess {

    private final Pool pool;
    private final CourseRoles roles;

    TaskAccess(Pool pool, CourseRoles roles) {
        this.pool = pool;
        this.roles = roles;
    }

    /**
     * Fails with {@link TaskNotFoundException} if the task is not the viewer's to see, and with
     * {@link TaskForbiddenException} if it is and what they want is not.
     */
    Uni<Void> require(String task, String owner, TaskViewer viewer, TaskPermission wanted) {
        return viewer.owns(owner)
                ? Uni.createFrom().voidItem()
                : permissions(task, viewer).invoke(given -> require(given, given.contains(wanted))).replaceWithVoid();
    }

    /** Fails likewise for everybody but the owner and superusers. */
    Uni<Void> requireOwner(String task, String owner, TaskViewer viewer) {
        return viewer.owns(owner)
                ? Uni.createFrom().voidItem()
                : permissions(task, viewer).invoke(given -> require(given, false)).replaceWithVoid();
    }

    /** What a viewer may do with a task, perhaps nothing. */
    Uni<Set<TaskPermission>> of(String task, String owner, TaskViewer viewer) {
        return viewer.owns(owner)
                ? Uni.createFrom().item(() -> EnumSet.allOf(TaskPermission.class))
                : permissions(task, viewer);
    }

    /** The tasks that a filter is about. */
    Uni<TaskScope> scope(TaskFilter filter) {
        return filter.shared()
                ? roles.staffed(filter.viewer().username()).map(courses -> TaskScope.shared(filter.viewer(), courses))
                : Uni.createFrom().item(() -> TaskScope.own(filter.viewer()));
    }

    private static void require(Set<TaskPermission> given, boolean enough) {
        if (given.isEmpty()) {
            throw new TaskNotFoundException();
        }
        if (!enough) {
            throw new TaskForbiddenException();
        }
    }

    private Uni<Set<TaskPermission>> permissions(String task, TaskViewer viewer) {
        return PermissionTable.concerning(pool, task, viewer.username())
                .chain(grants -> permissions(grants, viewer));
    }

    private Uni<Set<TaskPermission>> permissions(List<TaskGrant> grants, TaskViewer viewer) {
        boolean persons = grants.stream().allMatch(grant -> grant.grantee() instanceof Grantee.Person);
        return persons || viewer.staff()
                ? Uni.createFrom().item(() -> union(grants, viewer, StaffedCourses.NONE))
                : roles.staffed(viewer.username()).map(courses -> union(grants, viewer, courses));
    }

    private static Set<TaskPermission> union(List<TaskGrant> grants, TaskViewer viewer, StaffedCourses courses) {
        var all = EnumSet.noneOf(TaskPermission.class);
        grants.stream()
                .filter(grant -> isTo(grant.grantee(), viewer, courses))
                .forEach(grant -> all.addAll(grant.permissions()));
        return all;
    }

    private static boolean isTo(Grantee grantee, TaskViewer viewer, StaffedCourses courses) {
        return grantee instanceof Grantee.CourseStaff staff
                ? viewer.staff() || courses.include(staff.course())
                : grantee.equals(new Grantee.Person(viewer.username()));
    }
}
