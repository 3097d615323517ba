package org.openedx.aggregator.api.task;

import java.net.URI;
import java.util.UUID;

/** The addresses of tasks and artifacts on the host that was asked. */
record Links(URI base) {

    String task(UUID task) {
        return base.resolve("/api/tasks/v0/tasks/" + task + "/").toString();
    }

    String artifact(UUID artifact) {
        return base.resolve("/api/tasks/v0/artifacts/" + artifact + "/").toString();
    }

    /** A file that lies on our own host has an address without one. */
    String file(URI link) {
        return base.resolve(link).toString();
    }
}
