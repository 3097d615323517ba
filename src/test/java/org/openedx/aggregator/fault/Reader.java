package org.openedx.aggregator.fault;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Asks at fixed times, whether or not what was asked before is answered: a queue counts as what it is, waiting. */
final class Reader {

    /** Nobody was there to be asked. */
    static final int REFUSED = 0;
    /** An answer was begun and not ended, or never came. */
    static final int BROKEN = -1;

    private static final int THREADS = 4;
    private static final int TIMEOUT_MILLISECONDS = 10_000;

    /** A question and its answer; times as of {@link System#nanoTime()}. */
    record Answer(long dueAt, long sentAt, long answeredAt, int status) {

        double milliseconds() {
            return (answeredAt - dueAt) / 1e6;
        }
    }

    /** What is asked, and as who. */
    record Question(URI address, String token) {
    }

    private final List<Question> questions;
    private final Duration period;
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    private final List<Background> threads;

    private Reader(List<Question> questions, int perSecond) {
        this.questions = questions;
        this.period = Duration.ofSeconds(1).multipliedBy(THREADS).dividedBy(perSecond);
        this.threads = IntStream.range(0, THREADS)
                .mapToObj(number -> Background.start("reader-" + number, goesOn -> read(number, goesOn)))
                .toList();
    }

    static Reader start(List<Question> questions, int perSecond) {
        return new Reader(questions, perSecond);
    }

    /** All answers, in no order. */
    List<Answer> end() {
        threads.forEach(thread -> thread.end(Duration.ofSeconds(20)));
        return List.copyOf(answers);
    }

    private void read(int thread, BooleanSupplier goesOn) {
        long due = System.nanoTime() + period.toNanos() * thread / THREADS;
        for (int number = thread; goesOn.getAsBoolean(); number += THREADS) {
            Patience.pause(Duration.ofNanos(due - System.nanoTime()));
            long sent = System.nanoTime();
            int status = status(questions.get(number % questions.size()));
            answers.add(new Answer(due, sent, System.nanoTime(), status));
            due += period.toNanos();
        }
    }

    private static int status(Question question) {
        try {
            var connection = (HttpURLConnection) question.address().toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
            connection.setReadTimeout(TIMEOUT_MILLISECONDS);
            connection.setRequestProperty("Authorization", "JWT " + question.token());
            int status = connection.getResponseCode();
            try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                body.readAllBytes();
            }
            return status;
        } catch (ConnectException nobody) {
            return REFUSED;
        } catch (IOException broken) {
            return BROKEN;
        }
    }

    /** Of the latencies, in milliseconds. */
    static double percentile(List<Answer> answers, double share) {
        var sorted = answers.stream().mapToDouble(Answer::milliseconds).sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * share) - 1];
    }
}
