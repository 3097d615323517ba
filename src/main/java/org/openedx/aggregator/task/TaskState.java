package org.openedx.aggregator.task;

import java.util.Set;
import java.util.stream.Stream;

/** The states of django-user-tasks; a running task may say anything else instead of "In Progress". */
public final class TaskState {

    public static final String PENDING = "Pending";
    public static final String IN_PROGRESS = "In Progress";
    public static final String SUCCEEDED = "Succeeded";
    public static final String FAILED = "Failed";
    public static final String CANCELED = "Canceled";
    public static final String RETRYING = "Retrying";

    private static final Set<String> FINISHED = Set.of(SUCCEEDED, FAILED, CANCELED);
    private static final Set<String> NOT_RUNNING = Set.of(PENDING, RETRYING, SUCCEEDED, FAILED, CANCELED);
    private static final int MAX_LENGTH = 128;

    private TaskState() {
    }

    /** Those that have a name, in the order in which a task has them. */
    public static Stream<String> all() {
        return Stream.of(PENDING, IN_PROGRESS, RETRYING, SUCCEEDED, FAILED, CANCELED);
    }

    /** Whether the state is final. */
    public static boolean isFinished(String state) {
        return FINISHED.contains(state);
    }

    static String requireRunning(String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH || NOT_RUNNING.contains(text)) {
            throw new IllegalArgumentException("Not a text for a running task: " + text);
        }
        return text;
    }
}
