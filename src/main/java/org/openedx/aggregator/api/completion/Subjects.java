package org.openedx.aggregator.api.completion;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.api.completion.CompletionPages.Asked;
import org.openedx.aggregator.api.security.Viewer;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.learner.CourseRoles;
import org.openedx.aggregator.learner.Enrollments;
import org.openedx.aggregator.learner.Learner;

import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;

/**
 * Whose progress a request is about, and whether the viewer may see it: one's own always, anybody's as staff, that of a
 * course's learners as staff of the course. In v1, who is not staff must say that it is one's own.
 */
@ApplicationScoped
public class Subjects {

    private final Enrollments enrollments;
    private final CourseRoles roles;

    Subjects(Enrollments enrollments, CourseRoles roles) {
        this.enrollments = enrollments;
        this.roles = roles;
    }

    /** The learner whose courses are asked for; empty if the LMS has not told of the viewer yet. */
    Uni<Optional<Learner>> learner(Asked asked) {
        var named = asked.query().username();
        if (isSelf(asked)) {
            return enrollments.named(asked.viewer().username());
        }
        if (!asked.viewer().staff()) {
            return Uni.createFrom().failure(new ForbiddenException("Only staff may see the courses of others"));
        }
        return named.isEmpty() ? enrollments.named(asked.viewer().username()) : known(named.get()).map(Optional::of);
    }

    /** The name of the learner whose progress in a course is asked for; empty for all of its learners. */
    Uni<Optional<String>> username(Asked asked, CourseKey course) {
        if (isSelf(asked)) {
            return Uni.createFrom().item(Optional.of(asked.viewer().username()));
        }
        return requireStaff(asked.viewer(), course)
                .chain(() -> other(asked.query().username()));
    }

    /** Fails unless the viewer is staff, of the site or of the course. */
    public Uni<Void> requireStaff(Viewer viewer, CourseKey course) {
        if (viewer.staff()) {
            return Uni.createFrom().voidItem();
        }
        return roles.isStaff(viewer.username(), course)
                .invoke(Subjects::require)
                .replaceWithVoid();
    }

    private Uni<Optional<String>> other(Optional<String> named) {
        if (named.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return known(named.get())
                .map(learner -> Optional.of(learner.username()));
    }

    private Uni<Learner> known(String username) {
        return enrollments.named(username)
                .map(found -> orFail(found, username));
    }

    private static Learner orFail(Optional<Learner> found, String username) {
        return found.orElseThrow(() -> new LearnerNotFoundException(username));
    }

    // Names are compared as the LMS compares them, but looked up as they are in the token.
    private static boolean isSelf(Asked asked) {
        return asked.query()
                .username()
                .map(asked.viewer().username()::equalsIgnoreCase)
                .orElse(asked.version() == ApiVersion.V0);
    }

    private static void require(boolean staff) {
        if (!staff) {
            throw new ForbiddenException("Only staff of the course may see the progress of others");
        }
    }
}
