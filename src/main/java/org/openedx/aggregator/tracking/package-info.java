/**
 * Kafka out: tells the LMS's tracking of each stored percentage that changed. What changed is noted in the transaction
 * that stores it, in an outbox, and sent from there in its own time. It knows events, topics and what a result looks like,
 * not how it came about; nothing leaves it. Off unless switched on.
 */
package org.openedx.aggregator.tracking;
