/**
 * What is to be told to somebody outside, as rows: each delivery is sent by whichever replica claims it, again after a
 * failure, and given up in the end. It knows neither tasks nor what its channels send; a {@link
 * org.openedx.aggregator.notification.Channel} does the sending. What leaves it is {@link
 * org.openedx.aggregator.notification.Deliveries}.
 */
package org.openedx.aggregator.notification;
