package org.openedx.aggregator.task;

/** What a container needs to know of one of its tasks. */
record Child(String uuid, int phase, boolean started, String state, long completedSteps, long totalSteps) {

    boolean is(String wanted) {
        return state.equals(wanted);
    }
}
