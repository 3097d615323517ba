package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.task.TaskEvent.Changed;
import org.openedx.aggregator.task.TaskEvent.Unchanged;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;

class TaskStreamsTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final UUID TASK = UUID.randomUUID();

    private final WatchConfig config = new Defaults();
    private Instant now = NOON;
    private final Clock clock = new Settable();
    private final TaskStreams streams = new TaskStreams(config, clock);
    private final TaskWatch watch = new TaskWatch(streams, config, clock);

    private final class Settable extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class Defaults implements WatchConfig {

        @Override
        public String every() {
            return "1s";
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(15);
        }

        @Override
        public Duration longest() {
            return Duration.ofMinutes(10);
        }

        @Override
        public int streams() {
            return 100;
        }

        @Override
        public int streamsPerUser() {
            return 20;
        }
    }

    @Test
    void who_reads_slowly_gets_the_newest_state_and_takes_no_memory() {
        // Given
        var slow = watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(1));

        // When
        for (int version = 2; version <= 1000; version++) {
            streams.changed(status(version, "Exporting"));
        }
        now = NOON.plusSeconds(16);
        streams.tick();
        streams.changed(status(1001, TaskState.SUCCEEDED));
        slow.request(10);

        // Then
        assertThat(slow.getItems()).containsExactly(new Changed(status(1, "Pending")),
                new Changed(status(1001, TaskState.SUCCEEDED)));
        slow.assertCompleted();
        assertThat(streams.count()).isZero();
    }

    @Test
    void a_version_is_told_once() {
        // Given
        var stream = watch.of(status(5, "Exporting"), true, "alice").subscribe().withSubscriber(AssertSubscriber.create(10));

        // When
        streams.changed(status(4, "Pending"));
        streams.changed(status(5, "Exporting"));
        streams.changed(status(6, "Exporting"));

        // Then
        assertThat(stream.getItems()).containsExactly(new Unchanged(), new Changed(status(6, "Exporting")));
    }

    @Test
    void signs_of_life_come_when_nothing_else_does() {
        // Given
        var stream = watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(10));

        // When
        for (int second = 1; second <= 40; second++) {
            now = NOON.plusSeconds(second);
            streams.tick();
        }

        // Then
        assertThat(stream.getItems()).containsExactly(new Changed(status(1, "Pending")), new Unchanged(), new Unchanged());
    }

    @Test
    void no_stream_lasts_for_ever() {
        // Given
        var stream = watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(10));

        // When
        now = NOON.plus(Duration.ofMinutes(10));
        streams.tick();

        // Then
        stream.assertCompleted();
        assertThat(streams.count()).isZero();
    }

    @Test
    void streams_end_with_the_replica_and_no_new_one_begins() {
        // Given
        var stream = watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(10));

        // When
        streams.onStop(null);
        var late = watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(10));

        // Then
        stream.assertCompleted();
        late.assertFailedWith(TooManyStreamsException.class);
        assertThat(streams.count()).isZero();
    }

    @Test
    void a_cancelled_stream_is_forgotten() {
        // Given
        var one = watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(10));
        var other = watch.of(status(1, "Pending"), false, "bob").subscribe().withSubscriber(AssertSubscriber.create(10));

        // When
        one.cancel();
        streams.changed(status(2, "Exporting"));

        // Then
        assertThat(streams.count()).isEqualTo(1);
        assertThat(one.getItems()).hasSize(1);
        assertThat(other.getItems()).hasSize(2);
    }

    @Test
    void one_person_cannot_have_all_streams() {
        for (int tab = 0; tab < 20; tab++) {
            watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(1));
        }
        var refused = watch.of(status(1, "Pending"), false, "alice").subscribe().withSubscriber(AssertSubscriber.create(1));
        assertThat(((TooManyStreamsException) refused.getFailure()).isOfOnePerson()).isTrue();
        assertThat(streams.count()).isEqualTo(20);
    }

    private static TaskStatus status(long version, String state) {
        return new TaskStatus(TASK, "alice", "test", "Work", state, 0, 4, 1, NOON, NOON, Optional.empty(), Optional.empty(),
                version, List.of());
    }
}
