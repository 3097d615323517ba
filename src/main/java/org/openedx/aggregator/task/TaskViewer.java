package org.openedx.aggregator.task;

/**
 * Who looks at tasks, or does something with them.
 *
 * @param staff counts as staff of each course
 * @param superuser may do everything
 */
public record TaskViewer(String username, boolean staff, boolean superuser) {

    private static final TaskViewer SERVICE = new TaskViewer("", true, true);

    /** The service itself, which may do everything. */
    public static TaskViewer ofService() {
        return SERVICE;
    }

    boolean owns(String owner) {
        return superuser || username.equals(owner);
    }
}
