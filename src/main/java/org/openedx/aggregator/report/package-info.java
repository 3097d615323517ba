/**
 * Completion reports: a file of how far the learners of some courses are, made by a task, in one of several formats. It
 * knows what the columns and the files look like; the numbers are those of {@code aggregation}, a page of learners at a
 * time, so that a report of any length needs no more memory than a page. What leaves it is {@link
 * org.openedx.aggregator.report.CompletionReports}.
 */
package org.openedx.aggregator.report;
