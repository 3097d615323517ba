package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileTest {

    @Test
    void a_gibibyte_is_written_with_a_quarter_of_that_in_memory(@TempDir Path directory) throws Exception {
        // When
        var process = start(directory);

        // Then
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("see target/large-file.log").isZero();
            assertThat(directory.resolve(LargeFile.KEY)).hasSize(LargeFile.SIZE);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path directory) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-cp", System.getProperty("java.class.path"), LargeFile.class.getName(), directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/large-file.log"))
                .start();
    }
}
