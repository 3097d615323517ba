package org.openedx.aggregator.api.completion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.course.RegisteredBlocks.Range;
import org.openedx.aggregator.progress.Aggregate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/**
 * Writes results as JSON, token by token: a page may hold a quarter of a million completions, and the members of an item
 * depend on the request.
 */
final class ResultsWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Aggregate NOTHING_KNOWN = new Aggregate(0.0, 0.0, Aggregate.NEVER);
    private static final Range NOTHING = new Range(0, 0);

    private final JsonGenerator json;
    private final Results results;

    private ResultsWriter(JsonGenerator json, Results results) {
        this.json = json;
        this.results = results;
    }

    static byte[] write(Results results, URI request) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(bytes)) {
            new ResultsWriter(json, results).write(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(URI request) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("results");
        for (var progress : results.progress()) {
            write(progress);
        }
        json.writeEndArray();
        write(results.page(), request);
        json.writeEndObject();
    }

    private void writeOptional(Aggregate completion) throws IOException {
        json.writeNumberField("optional_earned", completion.optionalEarned());
        json.writeNumberField("optional_possible", completion.optionalPossible());
        json.writeNumberField("optional_percent", completion.optionalPercent());
    }

    private void write(Page page, URI request) throws IOException {
        json.writeObjectFieldStart("pagination");
        json.writeStringField("next", page.next(request).orElse(null));
        json.writeStringField("previous", page.previous(request).orElse(null));
        json.writeNumberField("count", page.count());
        json.writeNumberField("num_pages", page.pages());
        json.writeEndObject();
    }

    private void write(LearnerProgress progress) throws IOException {
        json.writeStartObject();
        json.writeStringField("course_key", progress.courseKey());
        if (results.fields().username()) {
            json.writeStringField("username", progress.username());
        }
        if (results.fields().mean()) {
            json.writeNumberField("mean", results.means().getOrDefault(progress.courseKey(), 0.0));
        }
        write(progress.course());
        var places = progress.registered().byType();
        for (var type : results.fields().types()) {
            json.writeArrayFieldStart(type);
            write(progress, places.getOrDefault(type, NOTHING));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void write(LearnerProgress progress, Range places) throws IOException {
        RegisteredBlocks registered = progress.registered();
        for (int index = places.from(); index < places.to(); index++) {
            json.writeStartObject();
            json.writeStringField("course_key", progress.courseKey());
            json.writeStringField("block_key", registered.get(index).blockKey());
            write(Optional.of(progress.blocks().get(index)));
            json.writeEndObject();
        }
    }

    private void write(Optional<Aggregate> completion) throws IOException {
        json.writeObjectFieldStart("completion");
        if (completion.isPresent()) {
            json.writeNumberField("earned", completion.get().earned());
            json.writeNumberField("possible", completion.get().possible());
        } else {
            json.writeNumberField("earned", 0.0);
            json.writeNullField("possible");
        }
        double percent = completion.map(Aggregate::percent).orElse(0.0);
        json.writeNumberField("percent", percent);
        if (results.version() == ApiVersion.V0) {
            json.writeNumberField("ratio", percent);
        }
        if (results.fields().optional()) {
            writeOptional(completion.orElse(NOTHING_KNOWN));
        }
        json.writeEndObject();
    }
}
