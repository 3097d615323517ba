package org.openedx.aggregator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationTest {

    @ParameterizedTest
    @ValueSource(strings = { "single", "production" })
    void our_rendering_is_that_of_kubectl(String overlay, @TempDir Path directory) throws Exception {
        // Given
        var directoryOfOverlay = "deployment/kubernetes/" + overlay;
        var expected = Manifest.parse(kubectl(directoryOfOverlay, directory.resolve("kubectl.yaml")));

        // When
        var rendered = Kustomization.render(directoryOfOverlay);

        // Then
        assertThat(byId(rendered)).isEqualTo(byId(expected));
    }

    private static Map<String, Object> byId(Iterable<Manifest> manifests) {
        return java.util.stream.StreamSupport.stream(manifests.spliterator(), false)
                .collect(Collectors.toMap(Manifest::id, Manifest::fields));
    }

    private static String kubectl(String directory, Path output) throws InterruptedException {
        try {
            var process = new ProcessBuilder("kubectl", "kustomize", directory)
                    .redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            Assumptions.assumeTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0,
                    "kubectl here cannot render");
            return Project.read(output);
        } catch (IOException e) {
            return Assumptions.abort("There is no kubectl here");
        }
    }
}
