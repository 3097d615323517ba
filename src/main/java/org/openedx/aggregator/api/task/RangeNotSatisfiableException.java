package org.openedx.aggregator.api.task;

/** A range of bytes was asked for of which the file has none. */
public class RangeNotSatisfiableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long size;

    RangeNotSatisfiableException(long size) {
        super("The file has " + size + " bytes, and none in this range.");
        this.size = size;
    }

    /** Of the whole file, in bytes. */
    public long size() {
        return size;
    }
}
