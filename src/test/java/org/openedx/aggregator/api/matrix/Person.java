package org.openedx.aggregator.api.matrix;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.openedx.aggregator.dev.DevKeys;

/** Who asks, in the order of the table's columns. */
enum Person {

    NOBODY,
    LEARNER,
    OTHER,
    TUTOR,
    STRANGER,
    STAFF,
    SUPERUSER,
    SERVICE,
    RESTRICTED;

    static final String LEARNER_NAME = "matrix-learner";

    String username() {
        return "matrix-" + name().toLowerCase(Locale.ROOT);
    }

    Optional<String> token() {
        return switch (this) {
            case NOBODY -> Optional.empty();
            case LEARNER, OTHER, TUTOR, STRANGER -> token(Map.of());
            case STAFF -> token(Map.of("administrator", true));
            case SUPERUSER -> token(Map.of("superuser", true));
            case SERVICE -> token(Map.of("grant_type", "client-credentials"));
            case RESTRICTED -> Optional.of(DevKeys.token(Map.of("preferred_username", LEARNER_NAME, "superuser", true,
                    "administrator", true, "is_restricted", true, "filters", List.of("user:me"))));
        };
    }

    private Optional<String> token(Map<String, Object> claims) {
        var all = new HashMap<String, Object>(claims);
        all.put("preferred_username", username());
        return Optional.of(DevKeys.token(all));
    }
}
