package org.openedx.aggregator.learner;

/**
 * A cohort that a person has named.
 *
 * @param id of the LMS; 0 while it is known by its name only
 */
public record NamedCohort(long id, String name) {
}
