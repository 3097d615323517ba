/**
 * Who is asking: the JSON Web Tokens of the LMS, checked by the rules its own services use.
 * Knows tokens, keys and headers; knows nothing of courses, progress or tasks, and never asks the LMS or a database.
 * What leaves it is the {@link org.openedx.aggregator.api.security.Viewer} of a request, through
 * {@link org.openedx.aggregator.api.security.CurrentViewer}.
 */
package org.openedx.aggregator.api.security;
