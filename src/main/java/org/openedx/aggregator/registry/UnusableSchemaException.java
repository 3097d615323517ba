package org.openedx.aggregator.registry;

/** The registry does not know a schema, or it is not Avro; asking again at once would not help. */
public class UnusableSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableSchemaException(String message) {
        super(message);
    }

    // It may be met once for each record of a batch.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
