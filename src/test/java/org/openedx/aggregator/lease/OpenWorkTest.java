package org.openedx.aggregator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

class OpenWorkTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final OpenWork work = new OpenWork();

    @Test
    void a_process_does_not_end_before_what_it_has_begun() throws Exception {
        // Given
        var step = new CompletableFuture<String>();
        var result = work.run(Uni.createFrom().completionStage(step)).subscribeAsCompletionStage();

        // When
        boolean endedEarly = Ending.after(work, SHORT);
        step.complete("done");

        // Then
        assertThat(endedEarly).isFalse();
        assertThat(result.get()).isEqualTo("done");
        assertThat(Ending.after(work, SHORT)).isTrue();
    }

    @Test
    void work_that_fails_is_not_waited_for() {
        // When
        var result = work.run(Uni.createFrom().failure(new IllegalStateException())).subscribeAsCompletionStage();

        // Then
        assertThat(result).isCompletedExceptionally();
        assertThat(Ending.after(work, SHORT)).isTrue();
    }

    @Test
    void nothing_is_begun_by_a_process_that_ends() {
        // Given
        var begun = new AtomicBoolean();
        Ending.of(work);

        // When
        var result = work.run(Uni.createFrom().item(() -> begun.getAndSet(true))).subscribeAsCompletionStage();

        // Then
        assertThat(begun).isFalse();
        assertThat(result).isNotDone();
        assertThat(work.isEnding()).isTrue();
    }

    @Test
    void what_was_told_to_end_soon_goes_on_with_events() {
        // When
        work.tell();
        var result = work.run(Uni.createFrom().item(7)).subscribeAsCompletionStage();

        // Then
        assertThat(result).isCompletedWithValue(7);
        assertThat(work.isEnding()).isTrue();
    }

    @Test
    void long_work_is_interrupted() {
        // Given
        var canceled = new AtomicBoolean();
        var endless = Uni.createFrom().nothing().onCancellation().invoke(() -> canceled.set(true));
        var failure = work.interruptible(endless).onFailure(InterruptedWorkException.class).recoverWithItem("interrupted");
        var result = work.run(failure).subscribeAsCompletionStage();

        // When
        boolean ended = Ending.of(work);

        // Then
        assertThat(ended).isTrue();
        assertThat(canceled).isTrue();
        assertThat(result).isCompletedWithValue("interrupted");
    }

    @Test
    void long_work_that_is_done_before_is_not() {
        // When
        var result = work.interruptible(Uni.createFrom().item(7)).subscribeAsCompletionStage();

        // Then
        Ending.of(work);
        assertThat(result).isCompletedWithValue(7);
    }
}
