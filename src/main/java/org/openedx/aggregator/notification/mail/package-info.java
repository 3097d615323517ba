/**
 * Mails to who asked for a task, when it has stopped: what they say in four languages, and who does not want them. It
 * hears of tasks as a listener and sends as a channel. What leaves it is {@link
 * org.openedx.aggregator.notification.mail.MailPreferences} and {@link
 * org.openedx.aggregator.notification.mail.OptOutLinks}.
 */
package org.openedx.aggregator.notification.mail;
