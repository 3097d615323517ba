/**
 * Kafka in: which records carry something for us, in which format, and what becomes of those that cannot be read. A
 * batch of records is read into changes, the changes are recorded in one transaction per part, and only then are the
 * offsets committed. It knows protocols and no arithmetic. What leaves it is
 * {@link org.openedx.aggregator.event.LetterCounts}.
 */
package org.openedx.aggregator.event;
