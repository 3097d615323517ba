package org.openedx.aggregator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A key and the certificate it signed for itself, as an operator has them: in PEM files, and in a PKCS12 store. */
public record Certificate(Path store, Path certificate, Path key) {

    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "own";

    /** Makes one for this machine, good for a day. */
    public static Certificate create(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            var store = directory.resolve(name + ".p12");
            Files.deleteIfExists(store);
            keytool(store, name);
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return new Certificate(store,
                    pem(directory.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
                    pem(directory.resolve(name + ".key"), "PRIVATE KEY",
                            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A store with nothing but the certificate. */
    public Path trustStore() {
        try {
            var path = store.resolveSibling(store.getFileName() + ".trust");
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry(ALIAS,
                    KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate(ALIAS));
            try (var out = Files.newOutputStream(path)) {
                trust.store(out, PASSWORD.toCharArray());
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void keytool(Path store, String name) throws IOException, InterruptedException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "1", "-dname", "CN=" + name,
                "-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass", PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("keytool made no certificate");
        }
    }

    private static Path pem(Path path, String type, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
        return Files.writeString(path, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }
}
