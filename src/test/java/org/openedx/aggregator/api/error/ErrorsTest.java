package org.openedx.aggregator.api.error;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.dev.DevKeys;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
class ErrorsTest {

    private static final String ROOT = "/test/errors/";
    private static final String GOOD_MARK = """
            {"completion": 0.5, "block": "b", "label": {"text": "l"}, "counts": [1], "done": true}""";

    @TestHTTPResource
    URI server;

    @ParameterizedTest
    @ValueSource(strings = { "JWT", "jwt", "Bearer", "bearer" })
    void a_good_token_opens(String scheme) {
        given().header("Authorization", scheme + " " + token(Map.of("user_id", 42)))
                .when().get(ROOT + "me")
                .then().statusCode(200)
                .body("username", is("alice"), "staff", is(false), "superuser", is(false));
    }

    @Test
    void no_token_is_answered_as_the_lms_does() {
        unauthorized(given(), "me", "Authentication credentials were not provided.");
    }

    @Test
    void another_scheme_is_no_token() {
        unauthorized(authorization("Basic YWxpY2U6c2VjcmV0"), "me", "Authentication credentials were not provided.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "JWT", "JWT ", "JWT abc", "Bearer abc.def.ghi", "JWT a b" })
    void a_bad_token_is_invalid(String header) {
        unauthorized(authorization(header), "me", "Invalid token.");
    }

    @Test
    void an_old_token_has_expired() {
        unauthorized(authorization("JWT " + token(Map.of("exp", 1_700_000_000))), "me", "Token has expired.");
    }

    @Test
    void a_refusal_is_json_where_the_answer_would_be_text() {
        unauthorized(given().accept("text/plain, */*"), "text", "Authentication credentials were not provided.");
    }

    @Test
    void who_nobody_asked_for_is_not_looked_at() {
        authorization("JWT abc").when().get(ROOT + "anybody").then().statusCode(200);
    }

    @Test
    void a_viewer_where_nobody_has_to_be_known_is_refused_when_asked_for() {
        unauthorized(given(), "anybody/name", "Authentication credentials were not provided.");
    }

    @Test
    void learners_are_kept_out_where_staff_may_go() {
        refused(authorization("JWT " + token(Map.of())).when().get(ROOT + "staff").then(), 403,
                "You do not have permission to perform this action.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "superuser" })
    void staff_may_go_where_staff_may_go(String claim) {
        authorization("JWT " + token(Map.of(claim, true)))
                .when().get(ROOT + "staff")
                .then().statusCode(200).body(equalTo("alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/nowhere", "/nowhere/at/all/", "/q/nothing", "/test/errors", "/test/errors/not-a-uuid" })
    void an_unknown_path_is_not_found(String path) {
        refused(given().accept("text/html, */*;q=0.1").when().get(path).then(), 404, "Not found.");
    }

    @Test
    void another_method_is_not_allowed() {
        refused(given().when().put(ROOT + "marks").then(), 405, "Method \"PUT\" not allowed.");
    }

    @Test
    void another_format_cannot_be_had() {
        refused(given().accept("image/png").when().get(ROOT + "anybody").then(), 406,
                "Could not satisfy the request Accept header.");
    }

    @Test
    void another_content_type_is_not_understood() {
        refused(given().contentType("text/csv; charset=utf-8").body("a,b").when().post(ROOT + "marks").then(), 415,
                "Unsupported media type \"text/csv; charset=utf-8\" in request.");
    }

    @Test
    void a_good_body_is_understood() {
        mark(GOOD_MARK).statusCode(200).body("completion", is(0.5f));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{", "{]", "nonsense", "{\"completion\": 0.5", "{\"completion\": 0,5}", "{\"counts\": [1,}" })
    void what_is_no_json_is_a_parse_error(String body) {
        mark(body).statusCode(400)
                .contentType(ContentType.JSON)
                .body("detail",
                        allOf(startsWith("JSON parse error - "), containsString("line 1"), not(containsString("jackson"))))
                .body("size()", is(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'completion': 'much'}        | completion | A valid number is required.",
            "{'completion': {}}            | completion | A valid number is required.",
            "{'counts': 3}                 | counts     | Expected a list of items.",
            "{'counts': [1, 'x']}          | counts.1   | A valid integer is required.",
            "{'done': 'perhaps'}           | done       | Must be a valid boolean.",
            "{'block': {}}                 | block      | Not a valid string.",
            "{'label': {'text': {}}}       | label.text | Not a valid string.",
            "{'label': {'text': ' '}}      | label      | A label says something.",
            "{'label': {}}                 | label      | Invalid value.",
            "{'label': []}                 | label      | Invalid value." })
    void a_wrong_type_is_an_error_of_its_field(String body, String field, String message) {
        fieldError(mark(body.replace('\'', '"')), field, message);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "3", "\"text\"" })
    void another_shape_is_invalid(String body) {
        refused(mark(body), 400, "Invalid data.");
    }

    @Test
    void a_body_in_another_encoding_is_a_parse_error() {
        given().contentType("application/json").body(new byte[] { '"', (byte) 0xff, '"' })
                .when().post(ROOT + "marks")
                .then().statusCode(400).body("detail", startsWith("JSON parse error - "));
    }

    @Test
    void values_out_of_bounds_are_errors_of_their_fields() {
        mark("{\"completion\": 2, \"block\": \" \"}").statusCode(400)
                .body("completion", is(List.of("must be less than or equal to 1")))
                .body("block", is(List.of("must not be blank")))
                .body("size()", is(2));
    }

    @Test
    void a_parameter_out_of_bounds_is_an_error_of_its_name() {
        fieldError(given().when().get(ROOT + "page?page=0").then(), "page", "must be greater than 0");
    }

    @Test
    void a_missing_body_is_an_error() {
        fieldError(mark(""), "mark", "must not be null");
    }

    @Test
    void an_announced_body_beyond_the_limit_is_too_large() throws IOException {
        assertThat(raw("POST /test/errors/marks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("content-type: application/json")
                .endsWith("{\"detail\":\"Request body is too large.\"}");
    }

    @Test
    void a_body_that_grows_beyond_the_limit_is_too_large_without_a_word() throws IOException {
        // Given
        var chunk = "100000\r\n" + " ".repeat(0x100000) + "\r\n";

        // When
        var answer = raw("POST /test/errors/marks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5) + "0\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413").contains("connection: close").endsWith("\r\n\r\n");
    }

    @Test
    void a_path_of_broken_characters_is_not_found() throws IOException {
        assertThat(raw("GET /test/errors/%c3%28/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .contains("{\"detail\":");
    }

    @Test
    void what_nobody_foresaw_shows_an_id_and_nothing_else() {
        given().when().get(ROOT + "broken")
                .then().statusCode(500)
                .contentType(ContentType.JSON)
                .body("id", matchesPattern("[0-9a-f-]{36}"))
                .body("detail", containsString("internal error"))
                .body("size()", is(2))
                .body(not(containsString("secret")));
    }

    @Test
    void an_invalid_result_is_a_mistake_of_ours() {
        given().when().get(ROOT + "result")
                .then().statusCode(500)
                .body("id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void an_outage_keeps_its_headers() {
        refused(given().when().get(ROOT + "unavailable").then(), 503, "Service Unavailable.")
                .header("Retry-After", "7");
    }

    private static RequestSpecification authorization(String value) {
        return given().header("Authorization", value);
    }

    private static String token(Map<String, Object> claims) {
        return DevKeys.token(claims);
    }

    private static ValidatableResponse mark(String body) {
        return given().contentType("application/json").body(body).when().post(ROOT + "marks").then();
    }

    private static void unauthorized(RequestSpecification request, String path, String detail) {
        refused(request.when().get(ROOT + path).then(), 401, detail)
                .header("WWW-Authenticate", "JWT realm=\"api\"");
    }

    private static ValidatableResponse refused(ValidatableResponse response, int status, String detail) {
        return response.statusCode(status)
                .contentType(ContentType.JSON)
                .body("detail", is(detail))
                .body("size()", is(1));
    }

    private static void fieldError(ValidatableResponse response, String field, String message) {
        response.statusCode(400)
                .contentType(ContentType.JSON)
                .body(equalTo("{\"" + field + "\":[\"" + message + "\"]}"));
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
