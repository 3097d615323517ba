package org.openedx.aggregator.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report that cannot be made, for reasons in some of its parameters. */
public class InvalidReportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, List<String>> messages;

    public InvalidReportException(Map<String, List<String>> messages) {
        super(messages.toString());
        this.messages = new TreeMap<>(messages);
    }

    InvalidReportException(String parameter, String message) {
        this(Map.of(parameter, List.of(message)));
    }

    /** Sentences by parameter. */
    public Map<String, List<String>> messages() {
        return messages;
    }
}
