package org.openedx.aggregator.api.completion;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

/**
 * How far a block is completed.
 *
 * @param completion 0.0 to 1.0
 */
public record CompletionReport(
        @NotNull(message = "This field is required.") @DecimalMin(value = "0.0", message = "Ensure this value is greater than or equal to 0.") @DecimalMax(value = "1.0", message = "Ensure this value is less than or equal to 1.") Double completion) {
}
