package org.openedx.aggregator.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import jakarta.inject.Singleton;

import io.quarkus.runtime.Startup;

/** Where the style sheet and the script are. Browsers keep them for long, so another content is another address. */
@Startup
@Singleton
public class Assets {

    private static final String FOLDER = "/tasks-assets/";
    private static final int DIGITS = 16;

    private final String style = address("tasks.css");
    private final String script = address("tasks.js");

    public String style() {
        return style;
    }

    public String script() {
        return script;
    }

    private static String address(String name) {
        var resource = "META-INF/resources" + FOLDER + name;
        try (var content = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException("Missing: " + resource);
            }
            return FOLDER + name + "?v=" + hash(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
