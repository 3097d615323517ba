package org.openedx.aggregator.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

class BatchesTest {

    /** A database that answers when the test says so. */
    private static final class SlowWork implements Batches.Work<Integer, String> {

        private final List<List<Integer>> batches = new ArrayList<>();
        private final List<UniEmitter<? super List<String>>> open = new ArrayList<>();

        @Override
        public Uni<List<String>> on(List<Integer> items) {
            batches.add(items);
            return Uni.createFrom().emitter(open::add);
        }

        void answer(int batch) {
            open.get(batch).complete(batches.get(batch).stream().map(String::valueOf).toList());
        }
    }

    private final SlowWork work = new SlowWork();
    private final Batches<Integer, String> batches = new Batches<>(2, 32, work);

    @Test
    void a_lone_item_goes_at_once() {
        // Given
        var one = add(1);

        // When
        work.answer(0);

        // Then
        assertThat(work.batches).containsExactly(List.of(1));
        assertThat(one.getItem()).isEqualTo("1");
    }

    @Test
    void items_that_arrive_meanwhile_go_together_and_get_their_own_answers() {
        // Given
        add(1);
        add(2);
        var waiting = IntStream.range(10, 30).mapToObj(this::add).toList();

        // When
        work.answer(0);
        work.answer(2);

        // Then
        assertThat(work.batches).hasSize(3);
        assertThat(work.batches.get(2)).hasSize(20);
        assertThat(waiting).extracting(UniAssertSubscriber::getItem)
                .containsExactlyElementsOf(IntStream.range(10, 30).mapToObj(String::valueOf).toList());
    }

    @Test
    void what_is_asked_twice_is_answered_twice() {
        // Given
        add(1);
        add(2);
        var one = add(3);
        var other = add(3);

        // When
        work.answer(0);
        work.answer(2);

        // Then
        assertThat(List.of(one.getItem(), other.getItem())).containsExactly("3", "3");
    }

    @Test
    void a_failure_reaches_all_who_waited_for_it_and_nobody_else() {
        // Given
        add(1);
        add(2);
        var one = add(3);
        var other = add(4);
        work.answer(0);

        // When
        work.open.get(2).fail(new IllegalStateException("gone"));
        var next = add(5);
        work.answer(work.batches.size() - 1);

        // Then
        one.assertFailedWith(IllegalStateException.class);
        other.assertFailedWith(IllegalStateException.class);
        assertThat(next.getItem()).isEqualTo("5");
    }

    @Test
    void work_that_cannot_even_begin_fails_like_any_other() {
        // Given
        var broken = new Batches<Integer, String>(1, 32, items -> {
            throw new IllegalStateException("closed");
        });

        // When
        var one = broken.add(1).subscribe().withSubscriber(UniAssertSubscriber.create());
        var other = broken.add(2).subscribe().withSubscriber(UniAssertSubscriber.create());

        // Then
        one.assertFailedWith(IllegalStateException.class);
        other.assertFailedWith(IllegalStateException.class);
    }

    @Test
    void no_batch_has_more_than_its_share() {
        // Given
        add(1);
        add(2);
        var waiting = IntStream.range(10, 110).mapToObj(this::add).toList();

        // When
        for (int batch = 0; batch < work.batches.size(); batch++) {
            work.answer(batch);
        }

        // Then
        assertThat(work.batches).allSatisfy(items -> assertThat(items).hasSizeLessThanOrEqualTo(32));
        assertThat(waiting).allSatisfy(each -> assertThat(each.getItem()).isNotNull());
    }

    private UniAssertSubscriber<String> add(int item) {
        return batches.add(item).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
