package org.openedx.aggregator.event;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;

/** Says whether there is a broker. Without one, requests are answered all the same: this replica stays ready. */
@Readiness
@ApplicationScoped
class KafkaCheck implements AsyncHealthCheck {

    private static final String CHANNEL = "events";
    private static final String CONNECTIONS = "connection-count";

    private final KafkaClientService clients;

    KafkaCheck(KafkaClientService clients) {
        this.clients = clients;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("kafka").up().withData("broker", state()).build());
    }

    private String state() {
        KafkaConsumer<byte[], byte[]> consumer = clients.getConsumer(CHANNEL);
        return consumer != null && isConnected(consumer) ? "connected" : "unreachable";
    }

    private static boolean isConnected(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.unwrap().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(CONNECTIONS))
                .anyMatch(metric -> metric.metricValue() instanceof Number count && count.doubleValue() > 0);
    }
}
