package org.openedx.aggregator.page;

import java.util.HashMap;
import java.util.Map;

import org.openedx.aggregator.support.TaskProfile;

/** Pages over plain http, as on a developer's machine. */
public class PageProfile extends TaskProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("aggregator.browser.cookie-secure", "false");
        settings.put("aggregator.page.login-url", "https://lms.example.org/login");
        return settings;
    }
}
