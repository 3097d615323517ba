package org.openedx.aggregator.task;

/** The work could not be done now; the message is a sentence for the person who asked for it, if it never can. */
public class RetryableTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RetryableTaskException(String message, Throwable cause) {
        super(message, cause);
    }
}
