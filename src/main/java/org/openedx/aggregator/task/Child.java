package org.openedx.aggregator.task;

/** What a container needs to know of one of its tasks. */
record Child(String uuid, String action, boolean container, int phase, boolean started, String state, long completedSteps,
        long totalSteps) {

    /** Whether what it says of itself is what is being done. */
    boolean runs() {
        return phase == Phase.RUNNING || container && started && phase != Phase.FINISHED;
    }

    boolean is(String wanted) {
        return state.equals(wanted);
    }
}
