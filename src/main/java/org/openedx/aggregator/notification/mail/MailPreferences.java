package org.openedx.aggregator.notification.mail;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Who wants mails: everybody who has not said otherwise. */
@ApplicationScoped
public class MailPreferences {

    private static final String READ = "SELECT email FROM notification_preference WHERE username = ?";

    private static final String WRITE = """
            INSERT INTO notification_preference (username, email, modified) VALUES (?, ?, UTC_TIMESTAMP(6))
            ON DUPLICATE KEY UPDATE email = VALUES(email), modified = VALUES(modified)""";

    private final Pool pool;

    MailPreferences(Pool pool) {
        this.pool = pool;
    }

    public Uni<Boolean> wantsMail(String username) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(username))
                .map(rows -> rows.size() == 0 || rows.iterator().next().getBoolean(0));
    }

    /** From the next mail on. */
    public Uni<Void> choose(String username, boolean mail) {
        return pool.preparedQuery(WRITE)
                .execute(Tuple.of(username, mail))
                .replaceWithVoid();
    }
}
