package org.openedx.aggregator.api.security;

import java.security.Principal;
import java.util.Optional;
import java.util.OptionalLong;

import io.quarkus.security.ForbiddenException;

/**
 * The person, or the service account, on whose behalf a request is made, as the LMS vouches for them.
 *
 * @param username the LMS username, never blank
 * @param staff global staff ({@code administrator} in the token); a superuser always is
 * @param superuser may do everything
 * @param userId the LMS user id; service accounts' tokens come without one
 * @param service whether it is a program with a token of its own (grant type client-credentials) and no person
 * @param email where mails reach them, if the token says so and does not deny it
 */
public record Viewer(String username, boolean staff, boolean superuser, OptionalLong userId, boolean service,
        Optional<String> email) implements Principal {

    public Viewer {
        if (username.isBlank()) {
            throw new IllegalArgumentException("A viewer has a username");
        }
        staff = staff || superuser;
    }

    public Viewer(String username, boolean staff, boolean superuser, OptionalLong userId) {
        this(username, staff, superuser, userId, false, Optional.empty());
    }

    @Override
    public String getName() {
        return username;
    }

    /** Whether this person may see what belongs to the given learner: their own, or anybody's as staff. */
    public boolean mayView(String learner) {
        return staff || username.equals(learner);
    }

    /** Refuses persons that are no superusers. */
    public Viewer requireService() {
        if (!service && !superuser) {
            throw new ForbiddenException(username + " is no service account");
        }
        return this;
    }

    /** Refuses everybody but staff. */
    public Viewer requireStaff() {
        if (!staff) {
            throw new ForbiddenException(username + " is not staff");
        }
        return this;
    }
}
