package org.openedx.aggregator.task;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.support.Result;

/** Does for tests of other packages what the jobs would do. */
@ApplicationScoped
public class TaskDriver {

    private final UserTaskJob job;
    private final TaskEndJob ends;

    TaskDriver(UserTaskJob job, TaskEndJob ends) {
        this.job = job;
        this.ends = ends;
    }

    public void runAndTell() {
        Result.of(job.runTasks());
        Result.of(ends.tellAll());
    }
}
