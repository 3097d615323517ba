/**
 * The benchmark behind {@code ./mvnw -Pbench verify}: the packaged service as a process of its own, between a real broker
 * and a real database, measured from outside by clock and by CPU time. It knows the service only by its events, its REST
 * paths and its tables. What leaves it are {@code target/bench/report.md} and {@code report.json}.
 */
package org.openedx.aggregator.bench;
