package org.openedx.aggregator.notification.mail;

import java.util.regex.Pattern;

/** What may stand after {@code To:}, one mailbox and nothing else, whatever a token claims. */
final class MailAddress {

    private static final int MAX_LENGTH = 254;
    private static final Pattern MAILBOX = Pattern
            .compile("[^\\s\\p{Cntrl}@,;:<>()\\[\\]\\\\\"]+@[^\\s\\p{Cntrl}@,;:<>()\\[\\]\\\\\"]+");

    private MailAddress() {
    }

    static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && MAILBOX.matcher(text).matches();
    }
}
