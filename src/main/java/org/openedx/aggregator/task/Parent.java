package org.openedx.aggregator.task;

import java.util.Optional;

/**
 * What has parts: a container, or a task that works beside them.
 *
 * @param kind empty for a task; its parts run at once
 * @param state what it said last
 * @param over whether nothing but its parts is still at work
 * @param expectedParts how many parts there will be, at least
 */
record Parent(String uuid, Optional<String> parent, Optional<Container> kind, String state, boolean over,
        int expectedParts) {

    static Parent container(Container kind) {
        return new Parent("", Optional.empty(), Optional.of(kind), TaskState.PENDING, true, 1);
    }

    Container order() {
        return kind.orElse(Container.GROUP);
    }
}
