/**
 * The facts: which learner has completed which block how far, and when. A fact is kept whether or not its learner,
 * course or block is known yet. It knows nothing of trees or percentages. What leaves it is
 * {@link org.openedx.aggregator.completion.Completions}.
 */
package org.openedx.aggregator.completion;
