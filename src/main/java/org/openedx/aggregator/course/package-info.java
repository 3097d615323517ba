/**
 * Knows the shape of a course: its blocks, their order, and what each of them means for completion. Reads that shape from
 * an answer of the LMS's Course Blocks API or from a course export, and refuses whatever is not one tree of that course.
 * Must not know learners, completions or percentages. What leaves it is a {@code CourseStructure}, which is valid because
 * it exists.
 */
package org.openedx.aggregator.course;
