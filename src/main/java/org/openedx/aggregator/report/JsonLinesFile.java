package org.openedx.aggregator.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.course.RegisteredBlocks.Range;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

/** A JSON object for each learner, with the blocks of each type as a list, a line each. */
final class JsonLinesFile implements ReportFile, Cells {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Range NOTHING = new Range(0, 0);

    private final Layout layout;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;

    JsonLinesFile(Layout layout) {
        this.layout = layout;
        try {
            json = JSON.createGenerator(bytes).setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] begin() {
        return new byte[0];
    }

    @Override
    public byte[] rows(List<LearnerProgress> learners) throws IOException {
        for (var learner : learners) {
            write(learner);
            json.writeRaw('\n');
        }
        json.flush();
        var taken = bytes.toByteArray();
        bytes.reset();
        return taken;
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }

    private void write(LearnerProgress learner) throws IOException {
        json.writeStartObject();
        for (var column : layout.ofLearner()) {
            json.writeFieldName(column.text());
            Layout.cell(column, learner, learner.course(), this);
        }
        var places = learner.registered().byType();
        for (var type : layout.types()) {
            json.writeArrayFieldStart(type);
            write(learner, places.getOrDefault(type, NOTHING));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void write(LearnerProgress learner, Range places) throws IOException {
        for (int index = places.from(); index < places.to(); index++) {
            json.writeStartObject();
            json.writeStringField("block_key", learner.registered().get(index).blockKey());
            for (var column : layout.ofBlock()) {
                json.writeFieldName(column.textInBlock());
                Layout.cell(column, learner, Optional.of(learner.blocks().get(index)), this);
            }
            json.writeEndObject();
        }
    }

    /** Writes into memory, which does not fail. */
    private interface Word {

        void write() throws IOException;
    }

    private static void say(Word word) {
        try {
            word.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void text(String text) {
        say(() -> json.writeString(text));
    }

    @Override
    public void number(long number) {
        say(() -> json.writeNumber(number));
    }

    @Override
    public void number(double number) {
        say(() -> json.writeNumber(number));
    }

    @Override
    public void nothing() {
        say(json::writeNull);
    }
}
