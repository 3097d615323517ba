package org.openedx.aggregator.support;

import static io.restassured.RestAssured.given;

import java.util.Map;

import org.openedx.aggregator.dev.DevKeys;

import io.restassured.specification.RequestSpecification;

/** Calls the service as somebody. */
public final class Api {

    private Api() {
    }

    public static RequestSpecification as(String username) {
        return with(DevKeys.token(Map.of("preferred_username", username)));
    }

    public static RequestSpecification asStaff() {
        return with(DevKeys.token(Map.of("preferred_username", "staff", "administrator", true)));
    }

    public static RequestSpecification with(String token) {
        return given().urlEncodingEnabled(false).header("Authorization", "JWT " + token);
    }
}
