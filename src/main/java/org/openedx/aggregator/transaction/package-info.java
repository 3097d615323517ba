/**
 * How a short all-or-nothing step runs on the database: isolation, roll-back, and the repetition after a deadlock.
 * It knows no table. What leaves it is {@link org.openedx.aggregator.transaction.Transactions}.
 */
package org.openedx.aggregator.transaction;
