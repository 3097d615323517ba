package org.openedx.aggregator.dev;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** How a broker is set up that is alone, small and soon forgotten. */
final class KafkaSettings {

    static final int NODE = 1;

    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private KafkaSettings() {
    }

    static Properties of(Path directory, int port, int controllerPort) {
        var settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE)),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("listeners",
                        "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d".formatted(Loopback.HOST, port, controllerPort)),
                Map.entry("advertised.listeners", "PLAINTEXT://" + Loopback.HOST + ":" + port),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", NODE + "@" + Loopback.HOST + ":" + controllerPort),
                Map.entry("auto.create.topics.enable", "true"),
                Map.entry("num.partitions", "4"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("message.max.bytes", String.valueOf(MAX_MESSAGE_BYTES)),
                Map.entry("replica.fetch.max.bytes", String.valueOf(MAX_MESSAGE_BYTES)),
                // Consumers of a test should not wait for others that never come.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // The default of 128 MiB of heap is made for brokers that keep more than a test does.
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152")));
        return settings;
    }
}
