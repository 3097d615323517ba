/**
 * HTTP for who runs the service: what waits, what is put aside and why, which replicas are there; and having what was put
 * aside tried again. It puts together what the other rooms tell and knows nothing itself. Nothing leaves it.
 */
package org.openedx.aggregator.api.status;
