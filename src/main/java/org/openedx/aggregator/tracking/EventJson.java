package org.openedx.aggregator.tracking;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** A progress event in the members of a tracking event. */
final class EventJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final StringWriter text = new StringWriter(1024);
    private final ProgressEvent event;

    private EventJson(ProgressEvent event) {
        this.event = event;
    }

    /** The tracking event: name, timestamp, data and context. */
    static String whole(ProgressEvent event) {
        return new EventJson(event).write(EventJson::whole);
    }

    static String data(ProgressEvent event) {
        return new EventJson(event).write(EventJson::data);
    }

    static String context(ProgressEvent event) {
        return new EventJson(event).write(EventJson::context);
    }

    @FunctionalInterface
    private interface Part {
        void write(EventJson event, JsonGenerator json) throws IOException;
    }

    private String write(Part part) {
        try (var json = JSON.createGenerator(text)) {
            part.write(this, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void whole(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", event.name());
        json.writeStringField("timestamp", event.timestamp());
        json.writeFieldName("data");
        data(json);
        json.writeFieldName("context");
        context(json);
        json.writeEndObject();
    }

    private void data(JsonGenerator json) throws IOException {
        var change = event.pending().change();
        json.writeStartObject();
        json.writeNumberField("user_id", event.learnerId());
        json.writeStringField("course_id", event.pending().course());
        json.writeStringField("block_id", event.block().key());
        json.writeStringField("type", event.block().type());
        json.writeNumberField("earned", event.value().earned());
        json.writeNumberField("possible", event.value().possible());
        json.writeNumberField("percent", event.percent());
        json.writeStringField("created", IsoTime.text(change.created()));
        json.writeStringField("modified", IsoTime.text(change.modified()));
        json.writeEndObject();
    }

    // In the LMS this tells whose request it was. Who makes statements of the events takes the course from here.
    private void context(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("course_id", event.pending().course());
        json.writeStringField("org_id", event.pending().org());
        json.writeNumberField("user_id", event.learnerId());
        json.writeStringField("username", event.pending().username());
        json.writeStringField("session", "");
        json.writeEndObject();
    }
}
