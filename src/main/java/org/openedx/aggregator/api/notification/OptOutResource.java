package org.openedx.aggregator.api.notification;

import java.util.Locale;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.notification.mail.MailPreferences;
import org.openedx.aggregator.notification.mail.OptOutLinks;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;

/**
 * The link in each mail. A GET changes nothing, since programs follow the links in mails; a POST, of a mail program
 * (RFC 8058) or of the page's button, does.
 */
@Path(OptOutLinks.PATH)
@Produces(MediaType.TEXT_HTML)
@PermitAll
@Tag(name = "task")
public class OptOutResource {

    private final OptOutLinks links;
    private final MailPreferences preferences;

    OptOutResource(OptOutLinks links, MailPreferences preferences) {
        this.links = links;
        this.preferences = preferences;
    }

    @CheckedTemplate(basePath = "notification", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Pages {

        private Pages() {
        }

        static native TemplateInstance optOut(String language, String direction, String text, boolean done);
    }

    @GET
    @Operation(summary = "A page with a button that ends the mails about tasks")
    public Uni<String> ask(@QueryParam("user") String user, @QueryParam("signature") String signature,
            @Context HttpHeaders headers) {
        links.verify(user, signature);
        return page(headers, "optOut", false);
    }

    @POST
    @Operation(summary = "Ends the mails about tasks")
    public Uni<String> optOut(@QueryParam("user") String user, @QueryParam("signature") String signature,
            @Context HttpHeaders headers) {
        links.verify(user, signature);
        return preferences.choose(user, false)
                .chain(() -> page(headers, "optedOut", true));
    }

    private Uni<String> page(HttpHeaders headers, String label, boolean done) {
        var language = headers.getAcceptableLanguages().stream().map(Locale::getLanguage).findFirst().orElse("");
        return Pages.optOut(links.language(language), links.direction(language), links.text(language, label), done).createUni();
    }
}
