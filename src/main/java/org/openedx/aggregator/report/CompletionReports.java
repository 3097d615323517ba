package org.openedx.aggregator.report;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.TaskRequest;
import org.openedx.aggregator.task.TaskStatus;
import org.openedx.aggregator.task.UserTasks;

import io.smallrye.mutiny.Uni;

/** Has reports made. */
@ApplicationScoped
public class CompletionReports {

    private final ReportPlans plans;
    private final UserTasks tasks;

    CompletionReports(ReportPlans plans, UserTasks tasks) {
        this.plans = plans;
        this.tasks = tasks;
    }

    /**
     * Starts a task that makes a report. Fails with {@link InvalidReportException} if a course, a field or a cohort is
     * unknown, and with {@link org.openedx.aggregator.task.TaskRunningException} if the same person is having the same
     * report made.
     */
    public Uni<TaskStatus> start(Requester requester, ReportRequest request) {
        return plans.of(request)
                .chain(() -> tasks.start(requester, new TaskRequest(ReportTask.ACTION, request.parameters())));
    }
}
