package org.openedx.aggregator.course;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

import org.openedx.aggregator.key.CourseKey;

/**
 * A course structure somebody handed in.
 *
 * @param version what the sender calls this version of the course; compared by nobody but the sender
 */
public record StructureUpload(CourseStructure structure, Optional<String> version) {

    public StructureUpload {
        Objects.requireNonNull(structure);
        Objects.requireNonNull(version);
    }

    /**
     * Reads an answer of the LMS's Course Blocks API ({@code return_type=dict}, {@code depth=all}), which may carry a
     * {@code version} besides its {@code root} and {@code blocks}.
     *
     * @throws InvalidStructureException if it is not JSON, not such an answer, or not one tree of blocks of the course
     * @throws StructureTooLargeException if it crosses a limit
     */
    public static StructureUpload fromBlocksApi(CourseKey course, byte[] json, Limits limits) {
        requireSize(json, limits);
        return BlocksApiReader.read(course, json, limits);
    }

    /**
     * Reads the same from a stream, as it comes; what may be read is bounded by the stream's own limit. Blocks as the
     * stream does.
     *
     * @throws InvalidStructureException if it is not JSON, not such an answer, or not one tree of blocks of the course
     * @throws StructureTooLargeException if it has too many blocks
     * @throws UncheckedIOException if the stream ends before its time
     */
    public static StructureUpload fromBlocksApi(CourseKey course, InputStream json, Limits limits) {
        return BlocksApiReader.read(course, json, limits);
    }

    /**
     * Reads a course export (OLX, {@code course.tar.gz}) in memory. It carries no completion modes and no version.
     *
     * @throws InvalidStructureException if it is not an export of this course, or is built to do harm
     * @throws StructureTooLargeException if it crosses a limit
     */
    public static StructureUpload fromOlx(CourseKey course, byte[] archive, Limits limits) {
        requireSize(archive, limits);
        return new StructureUpload(OlxReader.read(course, archive, limits), Optional.empty());
    }

    private static void requireSize(byte[] document, Limits limits) {
        if (document.length > limits.maxUploadBytes()) {
            throw new StructureTooLargeException("The document has more than " + limits.maxUploadBytes() + " bytes.");
        }
    }
}
