package org.openedx.aggregator.page;

import java.net.URI;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** How the pages of tasks lead elsewhere. */
@ConfigMapping(prefix = "aggregator.page")
interface PageConfig {

    /**
     * Where persons sign in, {@code https://<LMS_HOST>/login}; the page they came from is added as {@code next}. Its host
     * has to be in {@code LOGIN_REDIRECT_WHITELIST} of the LMS, which else goes to its own dashboard. Without a value the
     * page asks to sign in and has no link.
     */
    Optional<URI> loginUrl();
}
