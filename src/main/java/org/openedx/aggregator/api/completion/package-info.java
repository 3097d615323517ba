/**
 * HTTP for completion percentages: the paths, parameters and bodies of the completion aggregator's v0 and v1 APIs, as
 * their clients know them. Who may ask for whom is decided here; what the numbers are, is not. Nothing leaves it.
 */
package org.openedx.aggregator.api.completion;
