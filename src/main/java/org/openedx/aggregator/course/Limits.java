package org.openedx.aggregator.course;

import java.util.stream.LongStream;

/**
 * How much of a course is read before it is refused. All values are positive.
 *
 * @param maxBlocks blocks of one course; the largest known courses have some 20,000
 * @param maxUploadBytes bytes of the document as it arrives
 * @param maxArchiveEntries files and folders of an archive, the ignored ones included
 * @param maxExpandedBytes bytes of an archive once expanded, the ignored files included
 * @param maxXmlBytes bytes of those files of an archive that are read, together
 * @param maxXmlFileBytes bytes of one of those files
 */
public record Limits(int maxBlocks, long maxUploadBytes, int maxArchiveEntries, long maxExpandedBytes, long maxXmlBytes,
        int maxXmlFileBytes) {

    private static final long MEBI = 1L << 20;

    public Limits {
        if (LongStream.of(maxBlocks, maxUploadBytes, maxArchiveEntries, maxExpandedBytes, maxXmlBytes, maxXmlFileBytes)
                .anyMatch(limit -> limit <= 0)) {
            throw new IllegalArgumentException("Limits must be positive");
        }
    }

    /** Room for a course several times the size of the largest known one. */
    public static Limits standard() {
        return new Limits(100_000, 256 * MEBI, 250_000, 2_048 * MEBI, 256 * MEBI, 16 << 20);
    }

    public Limits withMaxBlocks(int blocks) {
        return new Limits(blocks, maxUploadBytes, maxArchiveEntries, maxExpandedBytes, maxXmlBytes, maxXmlFileBytes);
    }
}
