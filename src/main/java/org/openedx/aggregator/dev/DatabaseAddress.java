package org.openedx.aggregator.dev;

import java.net.URI;

/** Where a database is and who may enter. */
record DatabaseAddress(String url, String user, String password) {

    /**
     * Reads {@code mysql://user:password@host:3306/name}.
     *
     * @throws IllegalArgumentException if user and password are missing
     */
    static DatabaseAddress of(URI uri) {
        var login = String.valueOf(uri.getUserInfo()).split(":", 2);
        if (login.length < 2) {
            throw new IllegalArgumentException("Not of the form mysql://user:password@host:3306/name: " + uri.getHost());
        }
        var port = uri.getPort() < 0 ? 3306 : uri.getPort();
        return new DatabaseAddress("mysql://" + uri.getHost() + ":" + port + uri.getPath(), login[0], login[1]);
    }
}
