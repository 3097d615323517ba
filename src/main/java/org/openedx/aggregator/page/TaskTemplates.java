package org.openedx.aggregator.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages, in {@code templates/page}. */
@CheckedTemplate(basePath = "page")
final class TaskTemplates {

    private TaskTemplates() {
    }

    static native TemplateInstance tasks(Frame frame, Listing list, boolean deleted);

    static native TemplateInstance task(Frame frame, ShownTask task, ShownResult result, String csrf);

    static native TemplateInstance signin(Frame frame, String login);

    static native TemplateInstance refused(Frame frame, String heading, String text);
}
