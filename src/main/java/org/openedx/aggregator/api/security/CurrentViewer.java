package org.openedx.aggregator.api.security;

import jakarta.inject.Singleton;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;

/** The {@link Viewer} of the request being answered; a resource may keep it in a field, each call asks the request. */
@Singleton
public class CurrentViewer {

    private final CurrentIdentityAssociation identities;

    CurrentViewer(CurrentIdentityAssociation identities) {
        this.identities = identities;
    }

    /**
     * Who is asking. To be called on a resource that is {@code @Authenticated}: only there is the token checked before.
     *
     * @throws UnauthorizedException if nobody is known
     */
    public Viewer get() {
        if (identities.getIdentity().getPrincipal() instanceof Viewer viewer) {
            return viewer;
        }
        throw new UnauthorizedException();
    }

    /** The LMS username of who is asking. */
    public String username() {
        return get().username();
    }
}
