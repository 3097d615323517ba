/**
 * Knows which migrations this build brings and whether the database has them. Holds the start and the readiness of a replica
 * until it has, and migrates as a job of its own where that is asked for. Must not know what is in the tables.
 */
package org.openedx.aggregator.schema;
