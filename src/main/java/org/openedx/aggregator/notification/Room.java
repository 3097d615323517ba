package org.openedx.aggregator.notification;

import java.util.HashMap;
import java.util.Map;

/** How many deliveries this replica has room for, on each channel. */
final class Room {

    private final int size;
    private final Map<String, Integer> free = new HashMap<>();

    Room(int size) {
        this.size = size;
    }

    /** All that is free is the caller's now. */
    synchronized int takeAll(Channel channel) {
        var before = free.put(channel.name(), 0);
        return before == null ? size : before;
    }

    synchronized void giveBack(Channel channel, int count) {
        free.merge(channel.name(), count, Integer::sum);
    }
}
