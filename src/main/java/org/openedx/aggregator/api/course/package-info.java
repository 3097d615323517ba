/**
 * HTTP for what staff do with courses: bring their structure, look at it, and have their progress computed again.
 * Nothing leaves it.
 */
package org.openedx.aggregator.api.course;
