package org.openedx.aggregator.registry;

/** The registry cannot be asked now; whoever needs it waits and asks again. */
public class SchemaRegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SchemaRegistryException(String message) {
        super(message);
    }

    SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    // It is logged at each attempt; where in our code the registry was asked is of no interest.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
