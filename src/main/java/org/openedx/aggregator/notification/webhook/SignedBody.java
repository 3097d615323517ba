package org.openedx.aggregator.notification.webhook;

/**
 * What a receiver gets.
 *
 * @param timestamp of the attempt, in seconds since 1970
 */
record SignedBody(String id, long timestamp, String signature, String body) {
}
