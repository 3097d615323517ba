/**
 * Who is asking: the JSON Web Tokens of the LMS, checked by the rules its own services use.
 * Knows tokens, keys, headers and cookies, and what a browser must show beside a cookie; knows nothing of courses, progress or
 * tasks, and never asks the LMS or a database.
 * What leaves it is the {@link org.openedx.aggregator.api.security.Viewer} of a request, through
 * {@link org.openedx.aggregator.api.security.CurrentViewer}.
 */
package org.openedx.aggregator.api.security;
