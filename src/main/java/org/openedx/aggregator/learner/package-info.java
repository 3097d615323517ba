/**
 * People as the LMS knows them: who is called what, who is enrolled in which course, in which cohort and with which
 * role. It knows nothing of blocks or percentages. Learners are known by their LMS id; a username is an attribute
 * that may change. What leaves it are {@link org.openedx.aggregator.learner.Enrollments} and its records.
 */
package org.openedx.aggregator.learner;
