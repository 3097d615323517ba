/**
 * HTTP for completion percentages: the paths, parameters and bodies of the completion aggregator's v0 and v1 APIs, as
 * their clients know them. Who may ask for whom is decided here; what the numbers are, is not. What leaves it is what
 * other resources share: keys in paths, staff of courses, conditional answers.
 */
package org.openedx.aggregator.api.completion;
