/**
 * How a short all-or-nothing step runs on the database: isolation, roll-back, the repetition after a deadlock, and how long
 * the database waits for the next word of it.
 * It knows no table. What leaves it is {@link org.openedx.aggregator.transaction.Transactions}.
 */
package org.openedx.aggregator.transaction;
