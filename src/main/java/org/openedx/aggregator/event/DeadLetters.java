package org.openedx.aggregator.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/**
 * The topic for records nobody can use: as they came, with the reason and where they came from in headers, so that they
 * can be looked at and sent again.
 */
@ApplicationScoped
class DeadLetters {

    private static final int PREFIX_OF_TOO_LARGE = 64 * 1024;
    private static final int MAX_REASON = 1000;

    private final MutinyEmitter<Record<byte[], byte[]>> emitter;
    private final EventMetrics metrics;
    private final LetterCounts counts;

    DeadLetters(@Channel("dead-letters") MutinyEmitter<Record<byte[], byte[]>> emitter, EventMetrics metrics,
            LetterCounts counts) {
        this.emitter = emitter;
        this.metrics = metrics;
        this.counts = counts;
    }

    /** Answers when the broker has all of them. */
    Uni<Void> send(List<DeadLetter> letters) {
        return Multi.createFrom()
                .iterable(letters)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .onItem()
                .ignoreAsUni()
                .chain(() -> counts.add(letters));
    }

    private Uni<Void> send(DeadLetter letter) {
        return send(letter, letter.event().message().value(), false)
                .onFailure(DeadLetters::isTooLarge)
                .recoverWithUni(() -> send(letter, prefix(letter.event().message().value()), true))
                .invoke(() -> metrics.buried(letter))
                .invoke(() -> log(letter));
    }

    private Uni<Void> send(DeadLetter letter, byte[] value, boolean truncated) {
        var headers = new RecordHeaders(letter.event().headers().toArray())
                .add("dead-letter-reason", bytes(cut(letter.text())))
                .add("dead-letter-topic", bytes(letter.event().topic()))
                .add("dead-letter-partition", bytes(letter.event().message().partition()))
                .add("dead-letter-offset", bytes(letter.event().message().offset()));
        if (truncated) {
            headers.add("dead-letter-truncated", bytes(true));
        }
        var metadata = OutgoingKafkaRecordMetadata.<byte[]> builder()
                .withHeaders(headers)
                .build();
        return emitter.sendMessage(Message.of(Record.of(letter.event().message().key(), value)).addMetadata(metadata));
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure.getCause() instanceof RecordTooLargeException;
    }

    private static byte[] prefix(byte[] value) {
        return Arrays.copyOf(value, Math.min(value.length, PREFIX_OF_TOO_LARGE));
    }

    // Neither the value nor the words of the reason, which may quote it: they may hold personal data.
    private static void log(DeadLetter letter) {
        Log.warnf("Dead letter from %s, partition %d, offset %d: %s", letter.event().topic(),
                letter.event().message().partition(), letter.event().message().offset(), letter.reason().label());
    }

    private static byte[] bytes(Object text) {
        return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String cut(String reason) {
        return reason.substring(0, Math.min(reason.length(), MAX_REASON));
    }
}
