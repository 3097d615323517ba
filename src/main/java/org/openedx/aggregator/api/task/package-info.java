/**
 * HTTP for user tasks: what a person sees of long work, and collects from it. Nothing leaves it but the exceptions that
 * {@code api.error} answers.
 */
package org.openedx.aggregator.api.task;
