package org.openedx.aggregator.support;

import java.util.HashMap;
import java.util.Map;

/** Tasks that a test drives by itself, in steps of two. */
public class SmallSteps extends TaskProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("aggregator.report.page-size", "2");
        settings.put("aggregator.aggregation.stretch", "2");
        settings.put("aggregator.aggregation.look-every", "50ms");
        settings.put("aggregator.aggregation.patience", "2s");
        return settings;
    }
}
