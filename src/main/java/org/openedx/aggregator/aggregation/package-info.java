/**
 * The engine: takes stale enrolments in batches, rolls the facts of each learner up the graph of the course and stores
 * the result; answers a single learner on the fly. It knows the order of the steps and no protocol. Results are always
 * computed from all facts, never added to. What leaves it are {@link org.openedx.aggregator.aggregation.LiveProgress},
 * {@link org.openedx.aggregator.aggregation.LearnerPages} and {@link org.openedx.aggregator.aggregation.Reaggregation}.
 */
package org.openedx.aggregator.aggregation;
