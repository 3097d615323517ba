/**
 * What dev mode and tests need and production must never see: a real MariaDB and a real Kafka that start with nothing
 * but Java, and a stand-in for the LMS, which signs tokens and sends the events of a demo course and its learners. What
 * the stand-in says comes in through the doors that an LMS would use. No other package may know this one, and neither its
 * classes nor its resources are in the packaged service. {@link org.openedx.aggregator.dev.EmbeddedServices} is its only
 * door for code, {@link org.openedx.aggregator.dev.DevResource} for people.
 */
package org.openedx.aggregator.dev;
