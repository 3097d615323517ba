/**
 * What dev mode and tests need and production must never see: a real MariaDB and a real Kafka that start with nothing
 * but Java. Knows the servers and the settings that lead to them. No other package may know this one, and its classes
 * are not in the packaged service. {@link org.openedx.aggregator.dev.EmbeddedServices} is its only door.
 */
package org.openedx.aggregator.dev;
