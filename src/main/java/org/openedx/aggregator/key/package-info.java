/**
 * Knows how Open edX writes the keys of courses and blocks, which texts are keys, and what their one canonical text is.
 * It must not know where a key comes from or goes to: no JSON, no database, no HTTP, no modulestore. {@link CourseKey} and
 * {@link UsageKey} leave it, checked once and free of branch and version, and {@link InvalidKeyException} for everything
 * that is not a key.
 */
package org.openedx.aggregator.key;
