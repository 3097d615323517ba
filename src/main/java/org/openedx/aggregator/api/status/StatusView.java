package org.openedx.aggregator.api.status;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.openedx.aggregator.event.LetterCounts.LetterCount;
import org.openedx.aggregator.replica.Replicas.Replica;
import org.openedx.aggregator.stale.StaleBacklog;
import org.openedx.aggregator.task.TaskCounts.TaskCount;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the service is, all replicas together.
 *
 * @param deadLetters of the last thirty days
 * @param replicas those seen within the last hour
 * @param tasks unfinished ones, and finished ones that were started within the last day
 */
public record StatusView(Backlog backlog, @JsonProperty("dead_letters") List<DeadLetters> deadLetters,
        List<ReplicaView> replicas, List<Tasks> tasks) {

    /**
     * Enrolments to be computed.
     *
     * @param size parked ones included
     * @param parked those that failed and are tried again later
     * @param oldestSeconds how long the oldest that is not parked has waited
     */
    public record Backlog(long size, long parked, @JsonProperty("oldest_seconds") double oldestSeconds) {
    }

    /** Records of one topic that could not be used for one reason. */
    public record DeadLetters(String topic, String reason, long count, @JsonProperty("last_day") LocalDate lastDay) {
    }

    /** A replica; one that was not seen for a minute is not alive. */
    public record ReplicaView(String name, String version, Instant since, Instant seen, boolean alive) {
    }

    /** Tasks of one kind in one state. */
    public record Tasks(String action, String state, long count) {
    }

    static StatusView of(StaleBacklog backlog, List<LetterCount> letters, List<Replica> replicas, List<TaskCount> tasks) {
        return new StatusView(
                new Backlog(backlog.size(), backlog.parked(), backlog.age().toMillis() / 1000.0),
                letters.stream().map(it -> new DeadLetters(it.topic(), it.reason(), it.letters(), it.lastDay())).toList(),
                replicas.stream().map(StatusView::replica).toList(),
                tasks.stream().map(it -> new Tasks(it.action(), it.state(), it.count())).toList());
    }

    private static ReplicaView replica(Replica replica) {
        return new ReplicaView(replica.name(), replica.version(), replica.since(), replica.seen(), replica.alive());
    }
}
