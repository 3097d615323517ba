package org.openedx.aggregator.course;

import java.io.InputStream;

/** What reading one export may still take up. */
final class OlxBudget {
    /** A block is mentioned by its parent and defined in its file; the rest is left for blocks of several parents. */
    private static final int ELEMENTS_PER_BLOCK = 4;

    private final Limits limits;
    private final long maxElements;
    private long elements;
    private long entries;
    private long xmlBytes;

    OlxBudget(Limits limits) {
        this.limits = limits;
        this.maxElements = (long) limits.maxBlocks() * ELEMENTS_PER_BLOCK;
    }

    MeteredStream meter(InputStream expanded) {
        return new MeteredStream(expanded, limits.maxExpandedBytes());
    }

    void spendEntry() {
        entries++;
        if (entries > limits.maxArchiveEntries()) {
            throw new StructureTooLargeException("The archive has more than " + limits.maxArchiveEntries() + " files.");
        }
    }

    void spendXml(String file, long bytes) {
        if (bytes > limits.maxXmlFileBytes()) {
            throw new StructureTooLargeException(file + " has more than " + limits.maxXmlFileBytes() + " bytes.");
        }
        xmlBytes += bytes;
        if (xmlBytes > limits.maxXmlBytes()) {
            throw new StructureTooLargeException(
                    "The XML files of the archive have more than " + limits.maxXmlBytes() + " bytes together.");
        }
    }

    void spendElement() {
        elements++;
        if (elements > maxElements) {
            throw tooManyBlocks();
        }
    }

    void requireRoomForBlocks(int blocks) {
        if (blocks > limits.maxBlocks()) {
            throw tooManyBlocks();
        }
    }

    private StructureTooLargeException tooManyBlocks() {
        return new StructureTooLargeException("The course has more than " + limits.maxBlocks() + " blocks.");
    }
}
