package org.openedx.aggregator.api.task;

import jakarta.inject.Singleton;

import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.task.TaskViewer;

/** Who asks, as user tasks know them; to be called where {@link CurrentViewer} may be. */
@Singleton
public class CurrentTaskViewer {

    private final CurrentViewer viewer;

    CurrentTaskViewer(CurrentViewer viewer) {
        this.viewer = viewer;
    }

    public TaskViewer get() {
        var asking = viewer.get();
        return new TaskViewer(asking.username(), asking.staff(), asking.superuser());
    }
}
