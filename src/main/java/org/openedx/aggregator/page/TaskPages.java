package org.openedx.aggregator.page;

import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.api.security.CsrfTokens;
import org.openedx.aggregator.api.task.TaskQuery;
import org.openedx.aggregator.task.TaskArtifact;
import org.openedx.aggregator.task.TaskArtifacts;
import org.openedx.aggregator.task.TaskPermission;
import org.openedx.aggregator.task.TaskStatus;
import org.openedx.aggregator.task.TaskViewer;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/** What there is to show, as HTML. */
@Singleton
class TaskPages {

    private final UserTasks tasks;
    private final TaskArtifacts artifacts;
    private final CsrfTokens csrf;
    private final Assets assets;

    TaskPages(UserTasks tasks, TaskArtifacts artifacts, CsrfTokens csrf, Assets assets) {
        this.tasks = tasks;
        this.artifacts = artifacts;
        this.csrf = csrf;
        this.assets = assets;
    }

    /** Who reads, and how. */
    record Reader(TaskViewer viewer, HttpHeaders headers, UriInfo uri) {

        Language language() {
            return Language.of(headers);
        }
    }

    Uni<RestResponse<String>> list(TaskQuery query, Page page, List<TaskStatus> found, Reader reader) {
        var language = reader.language();
        var shown = found.stream().map(task -> ShownTask.of(task, language)).toList();
        var list = Listing.of(shown, page, query, reader.uri().getRequestUri(), language, reader.viewer().superuser());
        var deleted = reader.uri().getQueryParameters().containsKey("deleted");
        return answer(Status.OK, TaskTemplates.tasks(frame(reader), list, deleted), language)
                .map(ResponseBuilder::build);
    }

    Uni<RestResponse<String>> task(TaskStatus task, Reader reader) {
        return tasks.permissions(task, reader.viewer())
                .chain(may -> task(task, may, reader));
    }

    private Uni<RestResponse<String>> task(TaskStatus task, Set<TaskPermission> may, Reader reader) {
        var results = may.contains(TaskPermission.ARTIFACTS)
                ? artifacts.of(task.uuid())
                : Uni.createFrom().item(List.<TaskArtifact> of());
        return results.chain(left -> task(task, left, may, reader));
    }

    private Uni<RestResponse<String>> task(TaskStatus task, List<TaskArtifact> left, Set<TaskPermission> may, Reader reader) {
        return tasks.parts(task.uuid())
                .map(parts -> ShownResult.of(task, left, parts, may, reader.language()))
                .chain(result -> task(result, reader));
    }

    private Uni<RestResponse<String>> task(ShownResult result, Reader reader) {
        var issued = csrf.issue(reader.headers().getRequestHeader(HttpHeaders.COOKIE));
        var template = TaskTemplates.task(frame(reader), result.task(), result, issued.token());
        return answer(Status.OK, template, reader.language()).map(answer -> answer.cookie(issued.cookie()).build());
    }

    Frame frame(Language language) {
        return new Frame(language, "", assets);
    }

    private Frame frame(Reader reader) {
        return new Frame(reader.language(), PlainText.of(reader.viewer().username()), assets);
    }

    static Uni<ResponseBuilder<String>> answer(Status status, TemplateInstance template, Language language) {
        return template.setLocale(language.locale())
                .createUni()
                .map(html -> ResponseBuilder.create(status, html)
                        .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                        .header(HttpHeaders.CONTENT_LANGUAGE, language.code()));
    }
}
