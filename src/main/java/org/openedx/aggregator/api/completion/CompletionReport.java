package org.openedx.aggregator.api.completion;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

/**
 * How far a block is completed.
 *
 * @param completion 0.0 to 1.0
 */
public record CompletionReport(@NotNull @DecimalMin("0.0") @DecimalMax("1.0") Double completion) {
}
