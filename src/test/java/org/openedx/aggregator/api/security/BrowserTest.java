package org.openedx.aggregator.api.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.dev.DevKeys;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** What a micro-frontend of the LMS does, and what a hostile page would like to. */
@QuarkusTest
class BrowserTest {

    private static final String COURSES = "/completion-aggregator/v1/course/";
    private static final String OWN = COURSES + "?username=browsing";
    private static final String CHANGE = "/completion-aggregator/v1/reaggregate/";
    private static final String TOKEN = "/csrf/api/v1/token";
    private static final String MICRO_FRONTEND = "https://apps.lms.example.org";
    private static final String FOREIGN = "https://apps.lms.example.org.evil.example.org";
    private static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF";
    private static final String NOBODY = "Authentication credentials were not provided.";
    private static final Map<String, Object> STAFF = Map.of("preferred_username", "staff", "administrator", true);

    @Test
    void the_cookies_of_the_lms_say_who_is_there() {
        withCookies(token("browsing")).get(OWN).then().statusCode(200).body("pagination.count", is(0));
    }

    @Test
    void the_header_that_older_clients_send_along_changes_nothing() {
        withCookies(token("browsing")).header("USE-JWT-COOKIE", "true").get(OWN).then().statusCode(200);
    }

    @Test
    void a_person_by_cookie_may_do_no_more_than_by_header() {
        withCookies(token("browsing")).get(COURSES + "?username=bob").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a.b.c", "a.b.", "..", "x" })
    void a_bad_cookie_counts_as_absent(String token) {
        refused(cookies(given(), token + ".").get(COURSES), 401, NOBODY);
    }

    @Test
    void an_expired_cookie_counts_as_absent() {
        refused(withCookies(DevKeys.token(Map.of("exp", 1_700_000_000))).get(COURSES), 401, NOBODY);
    }

    @Test
    void half_a_cookie_counts_as_absent() {
        refused(given().cookie("edx-jwt-cookie-header-payload", halves(token("browsing"))[0]).get(COURSES), 401, NOBODY);
    }

    @Test
    void a_bad_cookie_is_no_matter_for_csrf() {
        refused(withCookies("a.b.c").contentType("application/json").body("{\"all\": true}").post(CHANGE), 401, NOBODY);
    }

    @Test
    void a_good_header_wins_over_a_bad_cookie() {
        withCookies("a.b.c").header("Authorization", "JWT " + token("browsing")).get(OWN).then().statusCode(200);
    }

    @Test
    void the_person_of_the_header_wins_over_the_person_of_the_cookie() {
        withCookies(DevKeys.token(STAFF)).header("Authorization", "JWT " + token("browsing"))
                .get(COURSES + "?username=bob").then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({ "JWT a.b.c, Invalid token.", "JWT, Invalid token.", "Basic eDp5, " + NOBODY })
    void a_bad_header_is_not_forgiven_for_a_good_cookie(String header, String detail) {
        refused(withCookies(token("browsing")).header("Authorization", header).get(COURSES), 401, detail);
    }

    @Test
    void an_expired_header_is_not_forgiven_for_a_good_cookie() {
        var expired = DevKeys.token(Map.of("exp", 1_700_000_000));
        refused(withCookies(token("browsing")).header("Authorization", "JWT " + expired).get(COURSES), 401,
                "Token has expired.");
    }

    @Test
    void a_change_by_header_needs_no_csrf_token() {
        changed(change(given()).header("Authorization", "JWT " + DevKeys.token(STAFF)));
    }

    @Test
    void a_change_with_the_token_of_the_service_is_done() {
        // Given
        var answer = given().header("Origin", MICRO_FRONTEND).get(TOKEN);
        var token = answer.path("csrfToken").toString();

        // Then
        changed(change(withCookies(DevKeys.token(STAFF))).header("Origin", MICRO_FRONTEND)
                .cookie("csrftoken", answer.cookie("csrftoken")).header("X-CSRFToken", token));
    }

    @Test
    void a_change_without_a_token_is_refused() {
        refused(staffChange().post(CHANGE), 403, "CSRF Failed: CSRF token missing.");
    }

    @Test
    void a_change_with_the_cookie_alone_is_refused() {
        refused(staffChange().cookie("csrftoken", SECRET).post(CHANGE), 403, "CSRF Failed: CSRF token missing.");
    }

    @Test
    void a_change_with_the_header_alone_is_refused() {
        refused(staffChange().header("X-CSRFToken", SECRET).post(CHANGE), 403, "CSRF Failed: CSRF cookie not set.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ABCDEFghijklmnopqrstuvwxyzabcdef", "wrong" })
    void a_change_with_another_token_is_refused(String token) {
        refused(staffChange().cookie("csrftoken", SECRET).header("X-CSRFToken", token).post(CHANGE), 403,
                "CSRF Failed: CSRF token from the 'X-Csrftoken' HTTP header incorrect.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "put", "delete", "patch" })
    void other_changing_methods_are_guarded_too(String method) {
        // A method nobody offers is refused before anybody is asked who they are.
        cookies(given(), DevKeys.token(STAFF)).contentType("application/json").body("{}").header("Origin", MICRO_FRONTEND)
                .request(method, "/completion-aggregator/v1/structure/course-v1:DemoX+CS101+2026/")
                .then().statusCode(method.equals("put") ? 403 : 405);
    }

    @Test
    void a_change_from_nowhere_is_refused() {
        refused(change(withCookies(DevKeys.token(STAFF))).cookie("csrftoken", SECRET).header("X-CSRFToken", SECRET)
                .post(CHANGE), 403, "CSRF Failed: Referer checking failed - no Referer.");
    }

    @Test
    void a_change_from_a_foreign_page_is_refused() {
        refused(change(withCookies(DevKeys.token(STAFF))).cookie("csrftoken", SECRET).header("X-CSRFToken", SECRET)
                .header("Referer", FOREIGN + "/").post(CHANGE), 403, "CSRF Failed: Referer checking failed.");
    }

    @Test
    void a_token_comes_with_a_cookie_that_only_https_sees() {
        given().get(TOKEN).then().statusCode(200)
                .body("csrfToken", matchesPattern("[A-Za-z0-9]{32}"), "size()", is(1))
                .header("Cache-Control", containsString("no-store"))
                .header("Set-Cookie", allOf(matchesPattern("csrftoken=\"?[A-Za-z0-9]{32}\"?;.*"),
                        containsString("Path=/"), containsString("Secure"), containsString("SameSite=Lax"),
                        containsString("Max-Age=31449600"), not(containsString("HttpOnly")),
                        not(containsString("Domain"))));
    }

    @Test
    void a_second_tab_gets_the_same_token() {
        given().cookie("csrftoken", SECRET).get(TOKEN).then().statusCode(200)
                .body("csrfToken", is(SECRET)).cookie("csrftoken", SECRET);
    }

    @Test
    void a_cookie_that_is_no_token_is_replaced() {
        given().cookie("csrftoken", "x").get(TOKEN).then().statusCode(200)
                .body("csrfToken", matchesPattern("[A-Za-z0-9]{32}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" })
    void a_preflight_of_an_allowed_page_is_answered_to_nobody_in_particular(String method) {
        preflight(MICRO_FRONTEND, method)
                .statusCode(200)
                .header("Access-Control-Allow-Origin", MICRO_FRONTEND)
                .header("Access-Control-Allow-Credentials", "true")
                .header("Access-Control-Allow-Methods", containsString(method))
                .header("Access-Control-Allow-Headers", equalTo("accept,authorization,content-type,user-agent,"
                        + "x-csrftoken,x-requested-with,use-jwt-cookie,if-none-match,last-event-id"))
                .header("Vary", containsString("origin"));
    }

    @ParameterizedTest
    @ValueSource(strings = { FOREIGN, "https://evil.example.org", "http://apps.lms.example.org", "null",
            "https://APPS.lms.example.org" })
    void a_preflight_of_a_foreign_page_is_refused(String origin) {
        preflight(origin, "POST")
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Vary", containsString("origin"));
    }

    @Test
    void an_answer_to_an_allowed_page_may_be_read_with_its_etag() {
        withCookies(token("browsing")).header("Origin", MICRO_FRONTEND).get(OWN).then().statusCode(200)
                .header("Access-Control-Allow-Origin", MICRO_FRONTEND)
                .header("Access-Control-Allow-Credentials", "true")
                .header("Access-Control-Expose-Headers", "ETag,Retry-After")
                .header("Vary", containsString("origin"));
    }

    @Test
    void a_refusal_to_an_allowed_page_may_be_read() {
        given().header("Origin", MICRO_FRONTEND).get(COURSES).then().statusCode(401)
                .header("Access-Control-Allow-Origin", MICRO_FRONTEND);
    }

    @Test
    void a_foreign_page_gets_nothing() {
        withCookies(token("browsing")).header("Origin", FOREIGN).get(COURSES).then().statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue())
                .body(is(""));
    }

    @Test
    void an_answer_without_an_origin_is_not_the_one_of_every_origin() {
        withCookies(token("browsing")).get(OWN).then().statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Vary", containsString("origin"));
    }

    private static ValidatableResponse preflight(String origin, String method) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "content-type,use-jwt-cookie,x-csrftoken")
                .options(CHANGE).then();
    }

    private static RequestSpecification staffChange() {
        return change(withCookies(DevKeys.token(STAFF))).header("Origin", MICRO_FRONTEND);
    }

    private static RequestSpecification change(RequestSpecification request) {
        return request.contentType("application/json").body("{\"course_keys\": []}");
    }

    private static void changed(RequestSpecification change) {
        change.post(CHANGE).then().statusCode(202).body("action", is("completion.reaggregate"));
    }

    private static void refused(Response answer, int status, String detail) {
        answer.then().statusCode(status).body("detail", is(detail), "size()", is(1));
    }

    private static String token(String username) {
        return DevKeys.token(Map.of("preferred_username", username));
    }

    private static RequestSpecification withCookies(String token) {
        return cookies(given(), token);
    }

    private static RequestSpecification cookies(RequestSpecification request, String token) {
        var halves = halves(token);
        return request.cookie("edx-jwt-cookie-header-payload", halves[0]).cookie("edx-jwt-cookie-signature", halves[1]);
    }

    private static String[] halves(String token) {
        var dot = token.lastIndexOf('.');
        return new String[] { token.substring(0, dot), token.substring(dot + 1) };
    }
}
