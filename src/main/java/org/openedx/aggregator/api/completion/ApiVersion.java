package org.openedx.aggregator.api.completion;

/** The two versions of the API. */
enum ApiVersion {
    /** Adds {@code ratio} to each completion; who names nobody means oneself. */
    V0,
    /** Who is not staff must name oneself. */
    V1
}
