/**
 * The to-do ledger: which enrolments need to be aggregated again. One mark per enrolment with a generation that each
 * new mark raises, so the backlog is bounded by enrolments, not by events; a wide mark stands for all enrolments of a
 * learner or all members of a cohort, until it is claimed. It knows neither facts nor results. What leaves it are
 * {@link org.openedx.aggregator.stale.StaleLedger} and its records.
 */
package org.openedx.aggregator.stale;
