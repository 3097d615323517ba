package org.openedx.aggregator.dev;

import java.net.URI;

/** Commands for a newcomer to paste into a shell. */
final class DemoLines {

    private static final DemoLearner LEARNER = DemoLearner.ALICE;

    private DemoLines() {
    }

    static String of(URI base) {
        return """
                Ready. Paste these lines into another terminal:

                # How far is %1$s? Of the whole course, and of each chapter.
                %2$s

                # The LMS says, over Kafka, that she has completed her next block.
                %3$s

                # Within 5 seconds, her new number.
                %2$s
                """.formatted(LEARNER.username(), fetch(base), complete(base));
    }

    static String fetch(URI base) {
        return ("curl -s -H \"Authorization: JWT $(curl -s '%1$s/dev/token?username=%2$s')\""
                + " '%1$s/completion-aggregator/v1/course/%3$s/?username=%2$s&requested_fields=chapter'")
                .formatted(address(base), LEARNER.username(), DemoCourse.KEY);
    }

    static String complete(URI base) {
        return "curl -s -H 'Content-Type: application/json' '%s/dev/event' -d '%s'".formatted(address(base), event());
    }

    // Without "modified" it happened when it was sent, so the line can be pasted at any time.
    static String event() {
        return ("{\"tracking_log\": {\"name\": \"edx.completion.block_completion.changed\", \"data\": {\"user_id\": %d,"
                + " \"course_id\": \"%s\", \"block_id\": \"%s\", \"completion\": 1.0}}}")
                .formatted(LEARNER.id(), DemoCourse.KEY, LEARNER.next(DemoCourse.completable()));
    }

    private static String address(URI base) {
        return base.getScheme() + "://" + base.getAuthority();
    }
}
