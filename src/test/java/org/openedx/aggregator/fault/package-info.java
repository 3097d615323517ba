/**
 * Several packaged replicas, a broker and a database that are killed, frozen, stopped and flooded; run by
 * {@code ./mvnw -Pfaults verify} and reported in {@code target/faults/report.md}.
 */
package org.openedx.aggregator.fault;
