package org.openedx.aggregator.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

class TrafficTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void every_learner_enrols_and_the_events_are_as_many_as_asked_for() {
        // Given
        var traffic = traffic(7, 100);

        // When
        var topics = StreamSupport.stream(traffic.records().spliterator(), false)
                .collect(Collectors.groupingBy(message -> message.topic(), Collectors.counting()));

        // Then
        assertThat(topics).containsEntry("learning-enrollment-lifecycle", 7L).containsEntry("analytics", 100L).hasSize(2);
    }

    @Test
    void what_learners_do_lies_in_the_term_and_in_order() {
        // When
        var completions = traffic(3, 3_000).completions().toList();

        // Then
        assertThat(completions).allSatisfy(completed -> assertThat(completed.modified())
                .isBetween(NOON.minus(Duration.ofDays(90)), NOON));
        assertThat(completions).filteredOn(completed -> completed.learnerId() == Traffic.FIRST_ID)
                .extracting(BlockCompleted::modified)
                .isSorted();
    }

    @Test
    void some_do_blocks_by_half_and_the_report_counts_them() {
        // Given
        var traffic = traffic(50, 5_000);

        // When
        var completions = traffic.completions().toList();

        // Then
        var partial = completions.stream().filter(completed -> completed.completion() < 1).count();
        assertThat(completions).allSatisfy(completed -> assertThat(completed.completion()).isBetween(0.0, 1.0));
        assertThat(partial).isPositive().isEqualTo(traffic.report().partial());
    }

    @Test
    void the_lms_repeats_itself_and_the_report_counts_it() {
        // Given
        var traffic = traffic(50, 5_000);

        // When
        var completions = traffic.completions().toList();

        // Then
        var repeated = completions.size() - new HashSet<>(completions).size();
        assertThat(repeated).isPositive().isEqualTo(traffic.report().repeated());
    }

    @Test
    void learners_come_to_different_places() {
        // When
        var blocks = new HashMap<Long, HashSet<String>>();
        traffic(20, 4_000).completions().forEach(completed -> blocks
                .computeIfAbsent(completed.learnerId(), id -> new HashSet<>())
                .add(completed.block().value()));

        // Then
        var places = blocks.values().stream().map(HashSet::size).toList();
        assertThat(List.copyOf(new HashSet<>(places))).hasSizeGreaterThan(5);
    }

    @Test
    void one_learner_may_have_all_the_events() {
        // When
        var last = traffic(1, 1_000_000).completions().reduce((earlier, later) -> later).orElseThrow();

        // Then
        assertThat(last.modified()).isBeforeOrEqualTo(NOON);
    }

    private static Traffic traffic(int learners, int events) {
        return new Traffic(DemoCourse.completable(), learners, events, NOON, new Random(1));
    }
}
