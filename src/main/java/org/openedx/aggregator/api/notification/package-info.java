/**
 * Over HTTP: whether a person wants mails about tasks, and which other systems are told of tasks. It knows no rows and no
 * servers. Nothing leaves it.
 */
package org.openedx.aggregator.api.notification;
