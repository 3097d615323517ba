/**
 * How much of the service one caller may have: how often what costs much, how large a request, and for how long. It knows
 * callers by name and what their requests cost, and nothing of what they are for. What leaves it is
 * {@link org.openedx.aggregator.api.limit.Allowance}, which resources spend from.
 */
package org.openedx.aggregator.api.limit;
