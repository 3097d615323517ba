/**
 * Traces, where an operator has them switched on: which step ran when, and what led to it. It knows names, numbers and
 * courses of steps and nothing about persons; it costs nothing while it is off. What leaves it are
 * {@link org.openedx.aggregator.trace.Traces} and {@link org.openedx.aggregator.trace.Step}.
 */
package org.openedx.aggregator.trace;
