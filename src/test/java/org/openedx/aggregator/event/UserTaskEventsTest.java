package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.event.DeadLetterBox.header;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.tracking.EventBox;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class UserTaskEventsTest {

    private static final String TOPIC = "user-task-events";

    @Test
    void a_worker_tells_over_kafka_and_again_and_poison_is_put_aside() {
        // Given
        var id = "celery-" + UUID.randomUUID();
        var history = List.of(
                "{'type': 'created', 'sequence': 1, 'user': {'username': 'kafka-alice'}, 'action': 'a', 'name': 'n', %s}",
                "{'type': 'started', 'sequence': 2, %s}",
                "{'type': 'artifact', 'sequence': 3, 'name': 'Output', 'url': 'https://example.org/x', %s}",
                "{'type': 'succeeded', 'sequence': 4, %s}");
        var poison = List.of("{'type': 'exploded', 'sequence': 1, %s}", "[]", "nonsense %s",
                "{'type': 'started', 'sequence': 1, 'task_id': 'no-worker'}",
                "{'type': 'started', 'sequence': 1, 'task_id': 'nobody', 'worker': 'kafka-worker'}");

        try (var lms = new Lms();
                var letters = new EventBox("completion-aggregator-dead-letters",
                        letter -> Arrays.equals(letter.key(), bytes(id)))) {
            // When
            send(lms, id, history);
            send(lms, id, poison);
            send(lms, id, history);
            send(lms, id, List.of("{'type': 'created', 'sequence': 1, 'user': {'username': 'kafka-alice'}, 'action': 'a', "
                    + "'name': 'last', 'worker': 'kafka-worker', 'task_id': 'last-" + id + "'}"));
            lms.flush();

            // Then
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(
                    () -> assertThat(Database.rows("SELECT uuid FROM user_task_status WHERE task_id = ?", "last-" + id))
                            .hasSize(1));
            assertThat(Database.rows("SELECT state, username, version FROM user_task_status WHERE task_id = ?", id))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("state", "Succeeded").containsEntry("version", 4L));
            assertThat(letters.atLeast(poison.size())).hasSize(poison.size())
                    .allSatisfy(letter -> assertThat(header(letter, "dead-letter-topic")).isEqualTo(TOPIC))
                    .extracting(letter -> header(letter, "dead-letter-reason"))
                    .anySatisfy(reason -> assertThat(reason).contains("no such type"))
                    .anySatisfy(reason -> assertThat(reason).contains("worker is missing"))
                    .anySatisfy(reason -> assertThat(reason).contains("no such task"));
        }
    }

    private static void send(Lms lms, String id, List<String> events) {
        var common = "'task_id': '" + id + "', 'worker': 'kafka-worker'";
        events.forEach(event -> lms.send(new ProducerRecord<>(TOPIC, bytes(id),
                bytes(event.replace("%s", common).replace('\'', '"')))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
