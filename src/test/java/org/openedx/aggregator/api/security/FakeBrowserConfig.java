package org.openedx.aggregator.api.security;

import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.core.NewCookie.SameSite;

record FakeBrowserConfig(boolean cookieSecure, SameSite cookieSameSite) implements BrowserConfig {

    static final String MICRO_FRONTEND = "https://apps.lms.example.org";

    @Override
    public Optional<List<String>> origins() {
        return Optional.of(List.of(MICRO_FRONTEND));
    }
}
