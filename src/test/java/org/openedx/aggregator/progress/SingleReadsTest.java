package org.openedx.aggregator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.SingleReads.Key;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

class SingleReadsTest {

    /** A database that answers when the test says so. */
    private static final class SlowSource implements SingleReads.Source {

        private final List<List<Key>> queries = new ArrayList<>();
        private final List<UniEmitter<? super Map<Key, EnrollmentProgress>>> open = new ArrayList<>();

        @Override
        public Uni<Map<Key, EnrollmentProgress>> read(Detail detail, List<Key> keys) {
            queries.add(keys);
            return Uni.createFrom().emitter(open::add);
        }

        void answer(int query) {
            var found = new HashMap<Key, EnrollmentProgress>();
            queries.get(query).stream().filter(key -> key.courseId() == 1).forEach(key -> found.put(key, progress(key)));
            open.get(query).complete(found);
        }
    }

    private final SlowSource source = new SlowSource();
    private final SingleReads reads = new SingleReads(source);

    @Test
    void a_lone_read_goes_to_the_database_at_once() {
        // Given
        var alice = ask(1, "alice");

        // When
        source.answer(0);

        // Then
        assertThat(source.queries).containsExactly(List.of(new Key(1, "alice")));
        assertThat(alice.getItem()).map(EnrollmentProgress::username).contains("alice");
    }

    @Test
    void reads_that_arrive_meanwhile_share_the_next_query_and_get_their_own_answers() {
        // Given
        ask(1, "first");
        ask(1, "second");
        var waiting = IntStream.range(0, 20).mapToObj(index -> ask(1, "learner" + index)).toList();

        // When
        source.answer(0);
        source.answer(2);

        // Then
        assertThat(source.queries).hasSize(3);
        assertThat(source.queries.get(2)).hasSize(20);
        assertThat(waiting).extracting(each -> each.getItem().orElseThrow().username())
                .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(index -> "learner" + index).toList());
    }

    @Test
    void who_is_not_enrolled_gets_an_empty_answer() {
        // Given
        var stranger = ask(2, "stranger");

        // When
        source.answer(0);

        // Then
        assertThat(stranger.getItem()).isEmpty();
    }

    @Test
    void a_failure_reaches_all_who_waited_for_it_and_nobody_else() {
        // Given
        ask(1, "first");
        ask(1, "second");
        var one = ask(1, "one");
        var other = ask(1, "other");
        source.answer(0);

        // When
        source.open.get(2).fail(new IllegalStateException("gone"));
        var next = ask(1, "next");
        source.answer(source.queries.size() - 1);

        // Then
        one.assertFailedWith(IllegalStateException.class);
        other.assertFailedWith(IllegalStateException.class);
        assertThat(next.getItem()).isPresent();
    }

    @Test
    void no_query_asks_for_more_than_its_share() {
        // Given
        ask(1, "first");
        ask(1, "second");
        var waiting = IntStream.range(0, 100).mapToObj(index -> ask(1, "learner" + index)).toList();

        // When
        for (int query = 0; query < source.queries.size(); query++) {
            source.answer(query);
        }

        // Then
        assertThat(source.queries).allSatisfy(keys -> assertThat(keys).hasSizeLessThanOrEqualTo(32));
        assertThat(waiting).allSatisfy(each -> assertThat(each.getItem()).isPresent());
    }

    private UniAssertSubscriber<Optional<EnrollmentProgress>> ask(int course, String username) {
        return reads.of(Detail.COURSE, new Key(course, username))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static EnrollmentProgress progress(Key key) {
        return new EnrollmentProgress(new Enrollment(key.courseId(), 1), "course", key.username(), Optional.empty(), 0, false,
                Optional.empty());
    }
}
