/**
 * People as the LMS knows them: who is called what, who is enrolled in which course, in which cohort and with which
 * role. It knows nothing of blocks or percentages. Learners are known by their LMS id; a username is an attribute
 * that may change. Whatever is stored here is the newest word of the LMS, in whatever order its words arrive. What leaves
 * it are {@link org.openedx.aggregator.learner.Enrollments}, {@link org.openedx.aggregator.learner.Cohorts},
 * {@link org.openedx.aggregator.learner.CourseRoles}, {@link org.openedx.aggregator.learner.Assignments} and their records.
 */
package org.openedx.aggregator.learner;
