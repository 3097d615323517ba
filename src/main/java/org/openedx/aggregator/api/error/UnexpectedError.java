package org.openedx.aggregator.api.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A mistake of ours.
 *
 * @param detail says no more than that
 * @param id finds the stack trace in the log
 */
@RegisterForReflection
record UnexpectedError(String detail, String id) {

    static final String DETAIL = "An internal error occurred. Quote the id when you report it.";
}
