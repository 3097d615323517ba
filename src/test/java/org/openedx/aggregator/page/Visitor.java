package org.openedx.aggregator.page;

import static io.restassured.RestAssured.given;

import java.util.Map;

import org.openedx.aggregator.dev.DevKeys;

import io.restassured.specification.RequestSpecification;

/** A browser without scripts, signed in as somebody by the cookies of the LMS. */
record Visitor(String headerAndPayload, String signature) {

    static final String CSRF = "abcdefghijklmnopqrstuvwxyzABCDEF";

    static Visitor of(String username) {
        return of(Map.of("preferred_username", username));
    }

    static Visitor of(Map<String, Object> claims) {
        var token = DevKeys.token(claims);
        var dot = token.lastIndexOf('.');
        return new Visitor(token.substring(0, dot), token.substring(dot + 1));
    }

    RequestSpecification asks() {
        return anybody()
                .cookie("edx-jwt-cookie-header-payload", headerAndPayload)
                .cookie("edx-jwt-cookie-signature", signature);
    }

    /** Sends a form of a page that has been seen before. */
    RequestSpecification sends(String origin, String token) {
        return asks().cookie("csrftoken", CSRF).header("Origin", origin).formParam("csrfmiddlewaretoken", token);
    }

    static RequestSpecification anybody() {
        return given().redirects().follow(false).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }
}
