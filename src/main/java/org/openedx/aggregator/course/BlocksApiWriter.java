package org.openedx.aggregator.course;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.openedx.aggregator.key.UsageKey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** Writes a structure in the shape of the Course Blocks API, always the same bytes for the same content. */
final class BlocksApiWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private BlocksApiWriter() {
    }

    static byte[] write(CourseStructure structure) {
        var bytes = new ByteArrayOutputStream();
        write(structure, bytes);
        return bytes.toByteArray();
    }

    static String hash(CourseStructure structure) {
        var digest = Sha256.start();
        write(structure, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(CourseStructure structure, OutputStream out) {
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("root", structure.root().value());
            json.writeObjectFieldStart("blocks");
            for (var block : structure.blocks().values()) {
                write(block, json);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Block block, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(block.key().value());
        json.writeStringField("id", block.key().value());
        json.writeStringField("type", block.type());
        if (!block.displayName().isEmpty()) {
            json.writeStringField("display_name", block.displayName());
        }
        if (block.completionMode().isPresent()) {
            json.writeStringField("completion_mode", block.completionMode().get().text());
        }
        if (block.start().isPresent()) {
            json.writeStringField("start", block.start().get().toString());
        }
        writeIfTrue("visible_to_staff_only", block.visibleToStaffOnly(), json);
        writeIfTrue("optional_completion", block.optionalCompletion(), json);
        if (block.maxCount().isPresent()) {
            json.writeNumberField("max_count", block.maxCount().getAsInt());
        }
        if (block.daysEarlyForBeta().isPresent()) {
            json.writeNumberField("days_early_for_beta", block.daysEarlyForBeta().getAsDouble());
        }
        writeGroupAccess(block.groupAccess(), json);
        writeChildren(block.children(), json);
        json.writeEndObject();
    }

    private static void writeIfTrue(String field, boolean value, JsonGenerator json) throws IOException {
        if (value) {
            json.writeBooleanField(field, true);
        }
    }

    private static void writeGroupAccess(Map<Integer, List<Integer>> access, JsonGenerator json) throws IOException {
        if (access.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("group_access");
        for (var partition : access.entrySet()) {
            json.writeArrayFieldStart(partition.getKey().toString());
            for (var group : partition.getValue()) {
                json.writeNumber(group);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeChildren(List<UsageKey> children, JsonGenerator json) throws IOException {
        if (children.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("children");
        for (var child : children) {
            json.writeString(child.value());
        }
        json.writeEndArray();
    }
}
