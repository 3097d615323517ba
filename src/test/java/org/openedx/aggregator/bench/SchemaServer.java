package org.openedx.aggregator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A schema registry that knows one schema: that of tracking events. */
final class SchemaServer {

    private static final byte[] SCHEMA = """
            {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"CloudEvent\\",\\"fields\\":[\
            {\\"name\\":\\"tracking_log\\",\\"type\\":{\\"type\\":\\"record\\",\\"name\\":\\"TrackingLogData\\",\
            \\"fields\\":[{\\"name\\":\\"name\\",\\"type\\":\\"string\\"},{\\"name\\":\\"timestamp\\",\\"type\\":\\"string\\"},\
            {\\"name\\":\\"data\\",\\"type\\":\\"string\\"},{\\"name\\":\\"context\\",\\"type\\":\\"string\\"}]}}]}"}"""
            .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    SchemaServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/schemas/ids/" + FramedEvents.SCHEMA_ID, SchemaServer::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(200, SCHEMA.length);
        exchange.getResponseBody().write(SCHEMA);
        exchange.close();
    }
}
