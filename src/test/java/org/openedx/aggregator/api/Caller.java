package org.openedx.aggregator.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.openedx.aggregator.dev.DevKeys;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;

/** Calls the service as somebody and insists that it neither breaks nor says more than it should. */
public final class Caller {

    private Caller() {
    }

    public static RequestSpecification as(String username) {
        return with("JWT " + DevKeys.token(Map.of("preferred_username", username)));
    }

    public static RequestSpecification asStaff() {
        return with("JWT " + DevKeys.token(Map.of("preferred_username", "staff", "administrator", true)));
    }

    public static RequestSpecification with(String authorization) {
        return anonymous().header("Authorization", authorization);
    }

    public static RequestSpecification anonymous() {
        return given().urlEncodingEnabled(false).filter(new Discretion());
    }

    private static final class Discretion implements Filter {

        @Override
        public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification wanted,
                FilterContext context) {
            var response = context.next(request, wanted);
            var body = response.asString();
            assertThat(response.statusCode()).as(body).isLessThan(500);
            if (response.statusCode() >= 400) {
                assertThat(response.contentType()).as(body).startsWith("application/json");
                assertThat(body).hasSizeLessThan(2000).doesNotContain("Exception", "org.openedx", "java.", "jackson", "\tat ");
            }
            return response;
        }
    }
}
