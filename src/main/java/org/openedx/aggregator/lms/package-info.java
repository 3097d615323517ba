/**
 * The LMS as a client sees it: fetches course structures that were asked for, and now and then looks whether the stored
 * ones are still the LMS's. Knows HTTP, tokens and what to do with an LMS that is slow, away or refuses; what a structure
 * means, and when a course is asked for, is the {@code course} package's. Without {@code aggregator.lms.url} it is
 * silent. What leaves it is {@link org.openedx.aggregator.lms.StructureRefresh}.
 */
package org.openedx.aggregator.lms;
