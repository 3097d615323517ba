/**
 * How we and the database work together: how a short all-or-nothing step runs (isolation, roll-back, the repetition after a
 * deadlock), how small pieces of work share queries, and how long the database waits for the next word and for the end of a
 * statement. It knows no table. What leaves it are {@link org.openedx.aggregator.transaction.Transactions} and {@link
 * org.openedx.aggregator.transaction.Batches}.
 */
package org.openedx.aggregator.transaction;
