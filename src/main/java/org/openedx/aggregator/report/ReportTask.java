package org.openedx.aggregator.report;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.aggregation.LearnerPages;
import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.report.ReportPlan.Part;
import org.openedx.aggregator.task.TaskFailedException;
import org.openedx.aggregator.task.TaskProgress;
import org.openedx.aggregator.task.UserTask;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;

/** Makes a report. Its steps are learners; another attempt makes the file from its beginning. */
@ApplicationScoped
class ReportTask implements UserTask {

    static final String ACTION = "completion.report";

    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmm").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NAME = 120;

    private final ReportPlans plans;
    private final LearnerPages pages;
    private final ReportConfig config;
    private final MeterRegistry registry;
    private final Vertx vertx;
    private final Clock clock;

    ReportTask(ReportPlans plans, LearnerPages pages, ReportConfig config, MeterRegistry registry, Vertx vertx, Clock clock) {
        this.plans = plans;
        this.pages = pages;
        this.config = config;
        this.registry = registry;
        this.vertx = vertx;
        this.clock = clock;
        // An alert or a graph that asks for an increase wants to see the zero before it.
        Stream.of(Format.values()).forEach(this::rowsOf);
    }

    private Counter rowsOf(Format format) {
        return registry.counter("completion.report.rows", "format", format.text());
    }

    @Override
    public String action() {
        return ACTION;
    }

    @Override
    public String name(JsonObject parameters) {
        var courses = parameters.getJsonArray("course_keys");
        return "Completion report of "
                + (courses.size() == 1 ? courses.getString(0) : "%d courses".formatted(courses.size()));
    }

    /** How many learners there are is looked up when it runs. */
    @Override
    public int totalSteps(JsonObject parameters) {
        return 0;
    }

    @Override
    public boolean isWorthRetrying(Throwable failure) {
        return !(failure instanceof TaskFailedException);
    }

    @Override
    public Uni<Void> run(TaskProgress progress) {
        return Uni.createFrom()
                .deferred(() -> plans.of(ReportRequest.of(progress.parameters())))
                .onFailure(InvalidReportException.class)
                .transform(ReportTask::changedSince)
                .call(plan -> progress.begin((int) Math.min(Integer.MAX_VALUE, plan.learners())))
                .chain(plan -> write(progress, plan));
    }

    private static TaskFailedException changedSince(Throwable failure) {
        return new TaskFailedException("The report can no longer be made as it was asked for: " + failure.getMessage(),
                failure);
    }

    private Uni<Void> write(TaskProgress progress, ReportPlan plan) {
        var begun = clock.instant();
        var summary = new Summary(plan);
        var format = plan.request().format();
        return progress.file("Output", fileName(plan, begun), format.mediaType(), content(progress, plan, summary))
                .chain(() -> progress.text("Summary", summary.text(begun)));
    }

    private Multi<Buffer> content(TaskProgress progress, ReportPlan plan, Summary summary) {
        var file = plan.request().format().file(plan.layout(), plan.request().byteOrderMark());
        var rows = Multi.createFrom()
                .iterable(plan.parts())
                .onItem()
                .transformToMultiAndConcatenate(part -> learners(plan, part))
                .onItem()
                .invoke(summary::add)
                .onItem()
                .transformToUniAndConcatenate(page -> rows(progress, plan, file, page));
        return Multi.createBy()
                .concatenating()
                .streams(rendered(file::begin).toMulti(), rows, rendered(file::end).toMulti());
    }

    private Multi<List<LearnerProgress>> learners(ReportPlan plan, Part part) {
        int size = plan.layout().rowsAtOnce(config.pageSize());
        return pages.of(part.courseId(), part.learners(), Set.copyOf(plan.request().types()), size);
    }

    private Uni<Buffer> rows(TaskProgress progress, ReportPlan plan, ReportFile file, List<LearnerProgress> page) {
        return rendered(() -> file.rows(page))
                .call(() -> progress.stepsDone(page.size()))
                .invoke(() -> rowsOf(plan.request().format()).increment(page.size()));
    }

    // Packing a page takes some milliseconds, for which no request should have to wait.
    private Uni<Buffer> rendered(Callable<byte[]> piece) {
        return Uni.createFrom()
                .deferred(() -> vertx.executeBlocking(piece))
                .map(Buffer::buffer);
    }

    /** What it is about and when it was made, in characters that every file system takes. */
    private static String fileName(ReportPlan plan, Instant begun) {
        var courses = plan.parts();
        var about = courses.size() == 1
                ? courses.get(0).courseKey().replaceFirst("^course-v1:", "")
                : "%d courses".formatted(courses.size());
        var plain = about.replaceAll("[^\\p{L}\\p{N}._]+", "-");
        return "completion-%s-%s.%s".formatted(plain.substring(0, Math.min(LONGEST_NAME, plain.length())),
                FILE_TIME.format(begun), plan.request().format().text());
    }
}
