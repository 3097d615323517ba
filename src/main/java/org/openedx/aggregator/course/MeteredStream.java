package org.openedx.aggregator.course;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes an archive expands to and stops at a limit, however they are read. */
final class MeteredStream extends FilterInputStream {
    private final long maxBytes;
    private long bytes;
    private long stop = Long.MAX_VALUE;

    MeteredStream(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    /** Lets at most that many bytes pass until told otherwise, so that the description of a file cannot be as large as one. */
    void allow(long more) {
        stop = bytes + more;
    }

    void allowAll() {
        stop = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        var next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        var skipped = super.skip(length);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) {
        bytes += more;
        if (bytes > maxBytes) {
            throw new StructureTooLargeException("The archive expands to more than " + maxBytes + " bytes.");
        }
        if (bytes > stop) {
            throw new InvalidStructureException("The archive has a file whose description is too long.");
        }
    }
}
