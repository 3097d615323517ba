package org.openedx.aggregator.api.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What went wrong, for a person to read.
 *
 * @param detail a sentence; clients decide by the status, not by this text
 */
@RegisterForReflection
public record ApiError(String detail) {
}
