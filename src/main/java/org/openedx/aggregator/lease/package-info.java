/**
 * One replica at a time: who runs a job that only one may run, and until when. It knows names and times, not what the
 * jobs do. What leaves it is {@link org.openedx.aggregator.lease.Leases}.
 */
package org.openedx.aggregator.lease;
