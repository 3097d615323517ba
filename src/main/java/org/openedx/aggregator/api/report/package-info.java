/**
 * Reports over HTTP: reads what is wanted, from JSON or a form, sees that the caller is staff of every course in it, and
 * answers where the task can be watched. It knows nothing of what a report looks like. Nothing leaves it.
 */
package org.openedx.aggregator.api.report;
