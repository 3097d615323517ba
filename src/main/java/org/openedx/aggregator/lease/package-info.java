/**
 * One replica at a time: who runs a job that only one may run, and until when; and how a replica that is stopped lets go of
 * what it has begun. It knows names and times, not what the jobs do. What leaves it are
 * {@link org.openedx.aggregator.lease.Leases} and {@link org.openedx.aggregator.lease.OpenWork}.
 */
package org.openedx.aggregator.lease;
