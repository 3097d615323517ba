/**
 * The results: one row per learner and course, with the course's totals as columns and the registered blocks packed
 * beside them. It knows neither facts nor trees, only what was computed from them and which course version that was.
 * What leaves it are {@link org.openedx.aggregator.progress.ProgressStore} and its records; who wants to know of changes
 * is a {@link org.openedx.aggregator.progress.ProgressListener}.
 */
package org.openedx.aggregator.progress;
