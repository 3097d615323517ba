package org.openedx.aggregator.course;

import static org.openedx.aggregator.course.InvalidStructureException.quote;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.InvalidKeyException;
import org.openedx.aggregator.key.UsageKey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Reads an answer of the Course Blocks API; one instance reads one document. */
final class BlocksApiReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String DOCUMENT = "The document";

    // What Jackson's messages tell a programmer: "[Source: …; line: 1, column: 2]" and "(from `Class.setting()`)".
    private static final Pattern LOCATION = Pattern.compile("\\[Source: [^;]*; ([^\\]]*)]");
    private static final Pattern SETTING = Pattern.compile(" \\(from `[^`]*`\\)|, from `[^`]*`");

    private final TypedJson json;
    private final Limits limits;
    private final Map<UsageKey, Block> blocks = new HashMap<>();
    // Each key occurs as a block, as its id and as a child, and is parsed once.
    private final Map<String, UsageKey> keys = new HashMap<>();
    private Optional<String> root = Optional.empty();
    private Optional<String> version = Optional.empty();

    private BlocksApiReader(JsonParser parser, Limits limits) {
        this.json = new TypedJson(parser, DOCUMENT);
        this.limits = limits;
    }

    static StructureUpload read(CourseKey course, byte[] document, Limits limits) {
        return read(course, new ByteArrayInputStream(document), limits);
    }

    static StructureUpload read(CourseKey course, InputStream document, Limits limits) {
        try (var parser = JSON.createParser(document)) {
            if (parser.nextToken() == null) {
                throw new InvalidStructureException("JSON parse error - the document is empty");
            }
            var reader = new BlocksApiReader(parser, limits);
            reader.readDocument();
            if (parser.nextToken() != null) {
                throw new InvalidStructureException("JSON parse error - something follows the document");
            }
            return reader.upload(course);
        } catch (JsonProcessingException e) {
            throw new InvalidStructureException("JSON parse error - " + reason(e));
        } catch (CharConversionException e) {
            throw new InvalidStructureException("JSON parse error - the document is not Unicode text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key behind a text that stands in the given field. */
    UsageKey key(String field, String text) {
        try {
            return keys.computeIfAbsent(text, UsageKey::parse);
        } catch (InvalidKeyException e) {
            throw json.invalid(field, "holds something else than a usage key: " + quote(text) + ".");
        }
    }

    private StructureUpload upload(CourseKey course) {
        var rootKey = key("root", root.orElseThrow(() -> json.invalid("root", "is missing.")));
        return new StructureUpload(new CourseStructure(course, rootKey, blocks), version);
    }

    private void readDocument() throws IOException {
        json.requireObject("content");
        for (var field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "root" -> root = Optional.of(json.text(field));
                case "version" -> version = json.textOrNull(field);
                case "blocks" -> readBlocks();
                default -> json.skip();
            }
        }
    }

    private void readBlocks() throws IOException {
        json.requireObject("blocks");
        for (var id = json.nextField(); id != null; id = json.nextField()) {
            var key = key("blocks", id);
            if (blocks.size() == limits.maxBlocks()) {
                throw new StructureTooLargeException("The course has more than " + limits.maxBlocks() + " blocks.");
            }
            json.requireObject(id);
            json.enter("Block " + key.value());
            var block = new BlockFields(this, json, key).read();
            json.enter(DOCUMENT);
            if (blocks.put(key, block) != null) {
                throw json.invalid("blocks", "lists " + key.value() + " twice.");
            }
        }
    }

    private static String reason(JsonProcessingException e) {
        var message = LOCATION.matcher(e.getOriginalMessage()).replaceAll("$1");
        var where = e.getLocation();
        return SETTING.matcher(message).replaceAll("")
                + (where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")");
    }
}
