/**
 * How long lists are cut into pages, as the LMS's own APIs do it. It knows query parameters and addresses and nothing of
 * what is on a page. What leaves it are {@link org.openedx.aggregator.api.page.PageQuery} and
 * {@link org.openedx.aggregator.api.page.Page}.
 */
package org.openedx.aggregator.api.page;
