package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.core.buffer.Buffer;

class PiecesTest {

    @Test
    void what_comes_in_drops_leaves_in_pieces_of_one_size() {
        assertThat(cut(3, "a", "bc", "d", "", "ef", "g")).containsExactly("abc", "def", "g");
    }

    @Test
    void what_comes_in_lumps_is_cut() {
        assertThat(cut(3, "abcdefgh", "i")).containsExactly("abc", "def", "ghi");
    }

    @Test
    void nothing_makes_no_piece() {
        assertThat(cut(3)).isEmpty();
    }

    @Test
    void each_subscription_starts_anew() {
        // Given
        var pieces = Pieces.of(Multi.createFrom().item(Buffer.buffer("ab")), 3).map(Buffer::toString);
        pieces.collect().asList().await().indefinitely();

        // When
        var again = pieces.collect().asList().await().indefinitely();

        // Then
        assertThat(again).containsExactly("ab");
    }

    @Test
    void no_more_is_asked_for_than_the_next_piece_needs() {
        // Given
        var made = new AtomicInteger();
        var content = Multi.createFrom().iterable(() -> Stream.generate(() -> drop(made)).limit(1000).iterator());

        // When
        var reader = Pieces.of(content, 10).subscribe().withSubscriber(AssertSubscriber.create(2));

        // Then
        assertThat(reader.getItems()).hasSize(2);
        assertThat(made.get()).isBetween(20, 31);
    }

    private static Buffer drop(AtomicInteger made) {
        made.incrementAndGet();
        return Buffer.buffer("x");
    }

    private static List<String> cut(int size, String... content) {
        var buffers = new ArrayList<Buffer>();
        Stream.of(content).map(Buffer::buffer).forEach(buffers::add);
        return Pieces.of(Multi.createFrom().iterable(buffers), size).map(Buffer::toString)
                .collect().asList().await().indefinitely();
    }
}
