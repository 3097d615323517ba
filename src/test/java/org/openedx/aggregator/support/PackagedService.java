package org.openedx.aggregator.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the packaged service is started: the native binary where the build has made one, else the jar. */
public final class PackagedService {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private PackagedService() {
    }

    /** Whether it is the native binary. */
    public static boolean isNative() {
        return binary().isPresent();
    }

    /**
     * The words of the command before the properties ({@code -Dname=value}), which come before {@link #end()}.
     *
     * @param heap such as {@code 256m}
     */
    public static List<String> start(String heap) {
        return binary().map(binary -> List.of(binary.toString(), "-Xmx" + heap))
                .orElse(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap));
    }

    /** The words of the command after the properties. */
    public static List<String> end() {
        return isNative() ? List.of() : List.of("-jar", JAR.toString());
    }

    // A build without -Dnative removes no binary of an earlier one.
    private static Optional<Path> binary() {
        return Optional.ofNullable(System.getProperty("native.image.path"))
                .map(Path::of)
                .filter(path -> !Files.exists(JAR) && Files.isExecutable(path));
    }
}
