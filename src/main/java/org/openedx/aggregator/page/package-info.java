/**
 * What persons see of their tasks in a browser: pages that work without scripts, in the reader's language. It knows forms,
 * templates and texts, asks tasks and their artifacts what there is to show, and leaves it to {@code api.security} who may ask.
 * Nothing leaves it but HTML.
 */
package org.openedx.aggregator.page;
