package org.openedx.aggregator.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.report.Spreadsheet;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class ReportTest {

    private static final String REPORTS = "/completion-aggregator/v1/reports/";
    private static final String COURSE_ID = "(SELECT id FROM course WHERE course_key = ?)";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_report_says_of_each_learner_what_the_api_says() throws Exception {
        // Given: one learner with stored numbers, one with news that nobody has computed yet
        var course = SampleCourse.unknown().inUse();
        enroll(course, course.learnerId + 1, "late" + course.learner);
        markForLater(course, course.learnerId + 1);
        complete(course, course.learnerId + 1, "e");

        // When
        var output = output(Map.of("course_keys", List.of(course.key), "requested_fields", List.of("chapter", "sequential"),
                "columns", List.of("username", "earned", "possible", "percent", "block_earned", "block_possible",
                        "block_percent"),
                "format", "jsonl"));

        // Then
        var lines = output.split("\n");
        assertThat(lines).hasSize(2);
        for (var line : lines) {
            assertThat(asAnswered(JSON.readTree(line)))
                    .isEqualTo(asAnswered(course, JSON.readTree(line).get("username").asText()));
        }
        assertThat(JSON.readTree(lines[0]).get("earned").asDouble()).isEqualTo(1.5);
        assertThat(JSON.readTree(lines[1]).get("earned").asDouble()).isEqualTo(1.0);
    }

    @Test
    void the_same_numbers_stand_in_every_format() {
        // Given
        var course = SampleCourse.unknown().inUse();
        var wanted = Map.of("course_keys", List.of(course.key), "requested_fields", List.of("chapter"),
                "columns", List.of("username", "earned", "percent", "block_percent"));

        // When
        var csv = output(with(wanted, "format", "csv"));
        var xlsx = Spreadsheet.read(Tasks.file(Tasks.artifact(made(with(wanted, "format", "xlsx")), "Output")));

        // Then
        assertThat(csv).isEqualTo("username,earned,percent,%s percent,%s percent\r\n%s,1.5,0.3,0.375,0.0\r\n".formatted(
                course.block("chapter", "ch1"), course.block("chapter", "ch2"), course.learner));
        assertThat(xlsx.get("Completion").get(1).values()).containsExactly(course.learner, "1.5", "0.3", "0.375", "0.0");
    }

    @Test
    void several_courses_stand_in_one_file_and_the_summary_tells_of_each() {
        // Given
        var one = SampleCourse.unknown().inUse();
        var other = SampleCourse.unknown().withLearners(2);

        // When
        var task = made(Map.of("course_keys", List.of(one.key, other.key)));

        // Then
        var artifacts = Tasks.artifacts(task);
        assertThat(artifacts.get("Output").lines()).hasSize(4).first().isEqualTo(
                "course_key,username,user_id,earned,possible,percent,last_completed");
        assertThat(artifacts.get("Output")).contains(one.key + "," + one.learner + "," + one.learnerId
                + ",1.5,5.0,0.3,2026-05-04T12:00:00Z\r\n");
        assertThat(artifacts.get("Summary")).contains(one.key + ": 1 learners, 0 finished, mean 30.0 %",
                other.key + ": 2 learners, 0 finished, mean 0.0 %");
        assertThat(task.getInt("total_steps")).isEqualTo(3);
        assertThat(Tasks.artifact(task, "Output").getString("file")).contains("completion-2-courses-");
    }

    @Test
    void a_cohort_and_excluded_roles_choose_the_learners() {
        // Given
        var course = SampleCourse.unknown().withLearners(4);
        cohort(course, course.learnerId + 1, "Réd, \"one\"");
        cohort(course, course.learnerId + 2, "Réd, \"one\"");
        Database.rows(
                "INSERT INTO course_access_role (learner_id, org, course_key, role) VALUES (?, 'Sample', ?, 'beta_testers')",
                course.learnerId + 2, course.key);

        // When
        var names = output(Map.of("course_keys", List.of(course.key), "cohort", "Réd, \"one\"", "exclude_roles",
                List.of("beta_testers", "staff"), "columns", List.of("username"), "bom", true));

        // Then
        assertThat(names).isEqualTo("\uFEFFusername\r\n" + course.learner + ".1\r\n");
    }

    @Test
    void a_course_without_learners_has_a_report_without_rows() {
        // Given
        var course = SampleCourse.unknown().publish();

        // When
        var artifacts = Tasks.artifacts(made(Map.of("course_keys", List.of(course.key), "columns", List.of("percent"))));

        // Then
        assertThat(artifacts).containsEntry("Output", "percent\r\n");
        assertThat(artifacts.get("Summary")).endsWith(course.key + ": no learners");
    }

    @Test
    void a_form_leads_to_the_page_of_the_task() {
        // Given
        var course = SampleCourse.unknown().withLearners(1);

        // When
        var answer = Caller.asStaff().redirects().follow(false).contentType("application/x-www-form-urlencoded")
                .body("course_keys=" + course.key.replace("+", "%2B").replace(":", "%3A")
                        + "%0D%0A&columns=username&columns=percent&format=csv&bom=on&cohort=")
                .post(REPORTS).then();

        // Then
        var location = answer.statusCode(303).extract().header("Location");
        assertThat(location).matches(".*/tasks/[0-9a-f-]{36}");
        var task = Tasks.awaitSuccess("/api/tasks/v0" + location.replaceFirst("^https?://[^/]+", "") + "/");
        assertThat(Tasks.artifacts(task)).containsEntry("Output", "\uFEFFusername,percent\r\n" + course.learner + ",0.0\r\n");
    }

    @Test
    void a_report_that_is_being_made_is_not_made_twice() {
        // Given
        var course = SampleCourse.unknown().publish();
        var running = hold(ask(Map.of("course_keys", List.of(course.key))).statusCode(202).extract().jsonPath());

        // When
        var again = ask(Map.of("course_keys", List.of(course.key)));

        // Then
        again.statusCode(409).header("Location", endsWith("/api/tasks/v0/tasks/" + running + "/"));
        Caller.asStaff().post("/api/tasks/v0/tasks/" + running + "/cancel/").then().statusCode(200);
    }

    @Test
    void it_is_for_the_staff_of_all_its_courses() {
        // Given
        var own = SampleCourse.unknown().withLearners(1);
        var foreign = SampleCourse.unknown().publish();
        Database.rows(
                "INSERT INTO course_access_role (learner_id, org, course_key, role) VALUES (?, 'Sample', ?, 'instructor')",
                own.learnerId, own.key);

        // Then
        as(own.learner, List.of(own.key)).statusCode(202);
        as(own.learner, List.of(own.key, foreign.key)).statusCode(403);
        as("nobody", List.of(own.key)).statusCode(403);
        as("nobody", List.of("course-v1:no+such+course")).statusCode(403);
        Caller.anonymous().contentType("application/json").body("{}").post(REPORTS).then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}                                                       | course_keys      | Name at least one course.",
            "{\"course_keys\": []}                                    | course_keys      | Name at least one course.",
            "{\"course_keys\": [\"nonsense\"]}                        | course_keys      | Invalid course key: 'nonsense'.",
            "{\"course_keys\": [null]}                                | course_keys      | Invalid course key: 'null'.",
            "{\"course_keys\": [\"course-v1:not+known+yet\"]}         | course_keys      | Course 'course-v1:not+known+yet' is not known.",
            "{\"course_keys\": \"x\"}                                 | course_keys      | Expected a list of items.",
            "{\"course_keys\": [\"COURSE\"], \"format\": \"pdf\"}     | format           | Must be one of csv, jsonl and xlsx.",
            "{\"course_keys\": [\"COURSE\"], \"columns\": [\"x\"]}    | columns          | There is no such column: 'x'.",
            "{\"course_keys\": [\"COURSE\"], \"columns\": [\"block_percent\"]} | columns | Without requested_fields there are no blocks to report.",
            "{\"course_keys\": [\"COURSE\"], \"requested_fields\": [\"html\"]} | requested_fields | There is no such aggregator: html",
            "{\"course_keys\": [\"COURSE\"], \"cohort\": \"Blue\"}    | cohort           | Course 'COURSE' has no such cohort.",
            "{\"course_keys\": [\"COURSE\"], \"exclude_roles\": [\" \"]} | exclude_roles | Invalid value: ' '.",
            "{\"course_keys\": [\"COURSE\"], \"bom\": \"yes\"}        | bom              | Must be a valid boolean." })
    void bad_parameters_are_named_and_start_nothing(String body, String field, String message) {
        // Given
        var course = SampleCourse.unknown().publish();
        long before = Database.number("SELECT COUNT(*) FROM user_task_status WHERE task_class = 'completion.report'");

        // When
        var answer = Caller.asStaff().contentType("application/json").body(body.replace("COURSE", course.key)).post(REPORTS)
                .then();

        // Then
        answer.statusCode(400).body("'" + field + "'", contains(message.replace("COURSE", course.key)));
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status WHERE task_class = 'completion.report'"))
                .isEqualTo(before);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        Caller.asStaff().contentType("application/json").body("{\"format\": \"x\", \"columns\": [\"y\", \"z\"]}").post(REPORTS)
                .then().statusCode(400)
                .body("course_keys.size()", is(1)).body("format.size()", is(1)).body("columns.size()", is(2));
    }

    @Test
    void the_reports_are_described_and_their_rows_are_counted() {
        var course = SampleCourse.unknown().withLearners(1);
        made(Map.of("course_keys", List.of(course.key)));
        Caller.anonymous().get("/q/openapi?format=json").then()
                .body("paths.'/completion-aggregator/v1/reports'.post.responses.'202'.description", is("The task"));
        Caller.anonymous().get("/q/metrics").then().body(containsString("completion_report_rows_total{format=\"csv\"}"));
    }

    private static ValidatableResponse as(String username, List<String> courses) {
        return Caller.as(username).contentType("application/json").body(Map.of("course_keys", courses)).post(REPORTS).then();
    }

    private static ValidatableResponse ask(Map<String, ?> body) {
        return Caller.asStaff().contentType("application/json").body(body).post(REPORTS).then();
    }

    private static JsonPath made(Map<String, ?> body) {
        return Tasks.awaitSuccess(ask(body).statusCode(202).extract().header("Location"));
    }

    private static String output(Map<String, ?> body) {
        return Tasks.artifacts(made(body)).get("Output");
    }

    /** Keeps a task that has hardly begun from being run, or puts it back. */
    private static String hold(JsonPath task) {
        Database.rows("UPDATE user_task_status SET phase = 1, claim = NULL, state = 'Pending', finished = NULL,"
                + " running_fingerprint = fingerprint, due_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE uuid = ?",
                task.getString("uuid"));
        return task.getString("uuid");
    }

    private static Map<String, Object> with(Map<String, ?> body, String name, Object value) {
        var all = new LinkedHashMap<String, Object>(body);
        all.put(name, value);
        return all;
    }

    private static void enroll(SampleCourse course, long learner, String name) {
        Database.rows("INSERT INTO learner (id, username, named_at) VALUES (?, ?, 1)", learner, name);
        Database.rows("INSERT INTO enrollment SELECT id, ?, TRUE, 'audit', 1 FROM course WHERE course_key = ?", learner,
                course.key);
    }

    private static void markForLater(SampleCourse course, long learner) {
        Database.rows("INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at)"
                + " SELECT id, ?, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 HOUR FROM course WHERE course_key = ?",
                learner, course.key);
    }

    private static void complete(SampleCourse course, long learner, String block) {
        Database.rows("INSERT INTO block_completion SELECT b.course_id, ?, b.id, 1.0, 1 FROM block b WHERE b.course_id = "
                + COURSE_ID + " AND b.block_key = ?", learner, course.key, course.block("html", block));
    }

    private static void cohort(SampleCourse course, long learner, String name) {
        Database.rows("INSERT INTO cohort_member (course_id, learner_id, cohort_name, changed_at)"
                + " SELECT id, ?, ?, 1 FROM course WHERE course_key = ?", learner, name, course.key);
    }

    private static List<Double> asAnswered(JsonNode line) {
        var numbers = new ArrayList<Double>();
        Arrays.asList("earned", "possible", "percent").forEach(name -> numbers.add(line.get(name).asDouble()));
        for (var type : List.of("chapter", "sequential")) {
            line.get(type).forEach(block -> Arrays.asList("earned", "possible", "percent")
                    .forEach(name -> numbers.add(block.get(name).asDouble())));
        }
        return numbers;
    }

    private static List<Double> asAnswered(SampleCourse course, String username) throws Exception {
        var answer = JSON.readTree(Caller.asStaff()
                .get(course.path() + "?username=" + username + "&requested_fields=chapter,sequential").asString())
                .at("/results/0");
        var numbers = new ArrayList<Double>();
        Arrays.asList("earned", "possible", "percent")
                .forEach(name -> numbers.add(answer.at("/completion/" + name).asDouble()));
        for (var type : List.of("chapter", "sequential")) {
            answer.get(type).forEach(block -> Arrays.asList("earned", "possible", "percent")
                    .forEach(name -> numbers.add(block.at("/completion/" + name).asDouble())));
        }
        return numbers;
    }
}
