package org.openedx.aggregator.lms;

/** The token is not, or no longer, accepted. */
class UnauthorizedException extends LmsException {

    private static final long serialVersionUID = 1L;

    UnauthorizedException(String message) {
        super(Trouble.REFUSED, message);
    }
}
