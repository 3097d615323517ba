package org.openedx.aggregator.notification.mail;

import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.Channel;
import org.openedx.aggregator.notification.Delivery;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.notification.Outcome;

import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;

/** Mails to persons, unless they want none. */
@ApplicationScoped
class MailChannel implements Channel {

    static final String NAME = "mail";

    private final NotificationConfig.Mail config;
    private final MailPreferences preferences;
    private final MailWriter writer;
    private final ReactiveMailer mailer;

    MailChannel(NotificationConfig config, MailPreferences preferences, MailWriter writer, ReactiveMailer mailer) {
        this.config = config.mail();
        this.preferences = preferences;
        this.writer = writer;
        this.mailer = mailer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isOpen() {
        return config.enabled();
    }

    @Override
    public int perLane() {
        return config.parallelism();
    }

    @Override
    public Uni<Outcome> deliver(Delivery delivery) {
        return preferences.wantsMail(delivery.target())
                .chain(wanted -> wanted ? send(delivery) : Uni.createFrom().item(Outcome.SKIPPED));
    }

    private Uni<Outcome> send(Delivery delivery) {
        return mailer.send(writer.mail(delivery))
                .ifNoItem()
                .after(config.timeout())
                .failWith(() -> new TimeoutException("The mail server did not answer in " + config.timeout()))
                .replaceWith(Outcome.SENT);
    }
}
