/**
 * Which replicas of the service are there: each writes now and then that it is alive. It knows nothing of what they do.
 * What leaves it is {@link org.openedx.aggregator.replica.Replicas}.
 */
package org.openedx.aggregator.replica;
