/**
 * The service as a whole: every feature is a package below this one and owns its tables, its jobs and its one public
 * noun. Nothing lives here itself, so that nothing becomes common property.
 */
package org.openedx.aggregator;
