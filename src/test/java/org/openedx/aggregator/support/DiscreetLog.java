package org.openedx.aggregator.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log of a packaged service, which was given secrets and keeps them. */
final class DiscreetLog {

    private static final Pattern SECRET = Pattern.compile("password|secret|jaas", Pattern.CASE_INSENSITIVE);
    // Shorter ones are words that a log may well contain.
    private static final int SHORTEST = 10;
    // How the header of every JSON Web Token begins.
    private static final String TOKEN = "eyJ";

    private final Path file;
    private final List<String> secrets;

    private DiscreetLog(Path file, List<String> secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    /** Secrets are known by the names of settings and variables. */
    @SafeVarargs
    static DiscreetLog of(Path file, Map<String, String>... settings) {
        return new DiscreetLog(file, Stream.of(settings)
                .flatMap(some -> some.entrySet().stream())
                .filter(setting -> SECRET.matcher(setting.getKey()).find())
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST)
                .toList());
    }

    void assertDiscreet() {
        try (var lines = Files.lines(file)) {
            assertThat(lines.filter(this::tells).map(line -> line.substring(0, Math.min(60, line.length()))))
                    .as("lines of %s that tell a secret", file).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean tells(String line) {
        return line.contains(TOKEN) || secrets.stream().anyMatch(line::contains);
    }
}
