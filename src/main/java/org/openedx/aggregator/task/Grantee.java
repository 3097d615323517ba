package org.openedx.aggregator.task;

import org.openedx.aggregator.key.CourseKey;

/** With whom a task is shared. */
public sealed interface Grantee {

    /** @param username of the LMS, of 1 to 150 characters; nobody is known by it yet, perhaps */
    record Person(String username) implements Grantee {

        private static final int MAX_LENGTH = 150;

        public Person {
            if (username.isBlank() || username.codePointCount(0, username.length()) > MAX_LENGTH) {
                throw new InvalidGrantException("A username has 1 to " + MAX_LENGTH + " characters.");
            }
        }
    }

    /** Whoever is staff of the course when they ask. */
    record CourseStaff(CourseKey course) implements Grantee {
    }
}
