/**
 * Every answer that is not a success, in the shapes of Django REST framework that Open edX clients know.
 * Knows HTTP and what the exceptions of the features mean to a caller; decides nothing else, and no feature knows it.
 * A feature's exception gets its status in {@code FeatureErrors}. What leaves it is
 * {@link org.openedx.aggregator.api.error.ApiError}, for the description of the API.
 */
package org.openedx.aggregator.api.error;
