package org.openedx.aggregator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import org.awaitility.Awaitility;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A window of a browser, and what a person does in it. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DevTools tools;
    private final String context;
    private final String session;

    Browser(DevTools tools) {
        this.tools = tools;
        context = tools.send("Target.createBrowserContext", new JsonObject()).getString("browserContextId");
        var target = tools.send("Target.createTarget",
                new JsonObject().put("url", "about:blank").put("browserContextId", context)).getString("targetId");
        session = tools.send("Target.attachToTarget", new JsonObject().put("targetId", target).put("flatten", true))
                .getString("sessionId");
        send("Page.enable", new JsonObject());
        send("Network.enable", new JsonObject());
    }

    public Browser cookie(String url, String name, String value) {
        send("Network.setCookie", new JsonObject().put("url", url).put("name", name).put("value", value));
        return this;
    }

    public Browser language(String language) {
        send("Network.setExtraHTTPHeaders",
                new JsonObject().put("headers", new JsonObject().put("Accept-Language", language)));
        return this;
    }

    /** @param width in pixels */
    public Browser size(int width, boolean dark) {
        send("Emulation.setDeviceMetricsOverride", new JsonObject().put("width", width).put("height", 900)
                .put("deviceScaleFactor", 1).put("mobile", width < 600));
        send("Emulation.setEmulatedMedia", new JsonObject().put("features", new JsonArray().add(new JsonObject()
                .put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light"))));
        return this;
    }

    public Browser withoutScripts() {
        send("Emulation.setScriptExecutionDisabled", new JsonObject().put("value", true));
        return this;
    }

    /** Requests whose address contains the text get no answer. */
    public Browser blocking(String part) {
        send("Network.setBlockedURLs", new JsonObject().put("urls", new JsonArray().add("*" + part + "*")));
        return this;
    }

    /** A script that runs before those of each page. */
    public Browser first(String script) {
        send("Page.addScriptToEvaluateOnNewDocument", new JsonObject().put("source", script));
        return this;
    }

    public Browser open(String url) {
        var failure = send("Page.navigate", new JsonObject().put("url", url)).getString("errorText");
        if (failure != null) {
            throw new AssertionError(url + ": " + failure);
        }
        await("location.href === '" + url + "' && document.readyState === 'complete'");
        return this;
    }

    /** Waits until an expression is true. */
    public void await(String expression) {
        Awaitility.await(expression).atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> Boolean.TRUE.equals(evaluate(expression)));
    }

    public Object evaluate(String expression) {
        var result = send("Runtime.evaluate", new JsonObject().put("expression", expression).put("returnByValue", true)
                .put("awaitPromise", true));
        if (result.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.getJsonObject("exceptionDetails").encode());
        }
        return result.getJsonObject("result").getValue("value");
    }

    public String text(String selector) {
        return String.valueOf(evaluate("document.querySelector('" + selector + "')?.textContent"));
    }

    public void press(String key) {
        var code = key.equals("Enter") ? 13 : 9;
        var down = new JsonObject().put("type", "keyDown").put("key", key).put("code", key)
                .put("windowsVirtualKeyCode", code);
        send("Input.dispatchKeyEvent", key.equals("Enter") ? down.put("text", "\r") : down);
        send("Input.dispatchKeyEvent", new JsonObject().put("type", "keyUp").put("key", key).put("code", key)
                .put("windowsVirtualKeyCode", code));
    }

    /** Goes on with the tabulator key until an element has the focus. */
    public void tabTo(String id) {
        for (int i = 0; i < 40; i++) {
            press("Tab");
            if (id.equals(evaluate("document.activeElement.id"))) {
                return;
            }
        }
        throw new AssertionError("The keyboard does not get to " + id);
    }

    /** What a screen reader is told of: everything with a role that is not left out. */
    public List<JsonObject> accessibility() {
        return send("Accessibility.getFullAXTree", new JsonObject()).getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(node -> !node.getBoolean("ignored", false))
                .toList();
    }

    public void screenshot(Path file) {
        var data = send("Page.captureScreenshot", new JsonObject().put("format", "png").put("captureBeyondViewport", true));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data.getString("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject send(String method, JsonObject parameters) {
        return tools.send(method, parameters, session);
    }

    @Override
    public void close() {
        tools.send("Target.disposeBrowserContext", new JsonObject().put("browserContextId", context));
    }
}
