package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.event.DeadLetterBox.header;
import static org.openedx.aggregator.event.Records.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Registry;
import org.openedx.aggregator.support.RegistryResource;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What each kind of event does to the tables, byte for byte, in both formats of the bus. */
@QuarkusTest
@TestProfile(NoAggregation.class)
@WithTestResource(value = RegistryResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class EventContractTest {

    private static final String LEARNING = "org.openedx.learning.";
    private static final String AUTHORING = "org.openedx.content_authoring.";
    private static final String TIME = "2026-05-04T12:00:05.250000+00:00";
    private static final String USER = "'user': {'id': %d, 'is_active': true, 'pii': {'username': 'bytes', 'email': "
            + "'b@example.com', 'name': 'B'}}";
    private static final String COURSE = "'course': {'course_key': 'course-v1:Contract+Bytes+1', 'display_name': 'Any', "
            + "'start': null, 'end': null}";
    private static final String PII = "010a62797465731a62406578616d706c652e636f6d0242";
    private static final String COURSE_HEX = "34636f757273652d76313a436f6e74726163742b42797465732b3106416e790000";

    private static final String MARKS = "SELECT COUNT(*) AS marks FROM stale_completion WHERE learner_id = %d";
    private static final String REQUESTS = """
            SELECT COUNT(*) AS requests FROM structure_request r JOIN course c ON c.id = r.course_id
             WHERE c.course_key = 'course-v1:Contract+%s+1'""";

    Registry registry;

    private Lms lms;

    /** One kind of event: its topic, JSON, Avro datum, and what is to be seen afterwards. */
    private record Contract(String topic, String type, String json, String datum, String query, String effect) {

        @Override
        public String toString() {
            return type;
        }
    }

    static Stream<Contract> contracts() {
        return Stream.concat(people(), courses());
    }

    private static Stream<Contract> people() {
        return Stream.of(
                new Contract(Lms.COHORTS, LEARNING + "cohort_membership.changed.v1",
                        "{'cohort': {" + USER.formatted(5300001) + ", " + COURSE + ", 'name': 'Group A'}}",
                        "c2fc8605" + PII + COURSE_HEX + "0e47726f75702041",
                        "SELECT cohort_id, cohort_name, changed_at, (" + MARKS.formatted(5300001)
                                + ") AS marks FROM cohort_member WHERE learner_id = 5300001",
                        "[{cohort_id=null, cohort_name=Group A, changed_at=1777896005250000, marks=1}]"),
                new Contract(Lms.ROLES, LEARNING + "user.course_access_role.added.v1",
                        "{'course_access_role_data': {" + USER.formatted(5300002)
                                + ", 'org_key': 'Contract', 'course_key': 'course-v1:Contract+Bytes+1', 'role': 'beta_testers'}}",
                        "c4fc8605" + PII + "10436f6e747261637434636f757273652d76313a436f6e74726163742b42797465732b31"
                                + "18626574615f74657374657273",
                        "SELECT org, course_key, role, granted, (" + MARKS.formatted(5300002)
                                + ") AS marks FROM course_access_role WHERE learner_id = 5300002",
                        "[{org=Contract, course_key=course-v1:Contract+Bytes+1, role=beta_testers, granted=true, marks=1}]"),
                new Contract(Lms.ROLES, LEARNING + "user.course_access_role.removed.v1",
                        "{'course_access_role_data': {" + USER.formatted(5300003)
                                + ", 'org_key': 'Contract', 'course_key': '', 'role': 'staff'}}",
                        "c6fc8605" + PII + "10436f6e7472616374000a7374616666",
                        "SELECT org, course_key, role, granted, changed_at FROM course_access_role WHERE learner_id = 5300003",
                        "[{org=Contract, course_key=, role=staff, granted=false, changed_at=1777896005250000}]"),
                new Contract(Lms.ENROLLMENTS, LEARNING + "course.enrollment.created.v1",
                        "{'enrollment': {" + USER.formatted(5300004) + ", " + COURSE
                                + ", 'mode': 'verified', 'is_active': true, 'creation_date': '2026-02-01', 'created_by': null}}",
                        "c8fc8605" + PII + COURSE_HEX + "107665726966696564"
                                + "0132323032362d30322d30315430383a33303a30302b30303a303000",
                        "SELECT active, mode, changed_at FROM enrollment WHERE learner_id = 5300004",
                        "[{active=true, mode=verified, changed_at=1777896005250000}]"),
                new Contract(Lms.ENROLLMENTS, LEARNING + "course.unenrollment.completed.v1",
                        "{'enrollment': {" + USER.formatted(5300005) + ", " + COURSE
                                + ", 'mode': 'audit', 'is_active': false}}",
                        "cafc8605" + PII + COURSE_HEX + "0a6175646974"
                                + "0032323032362d30322d30315430383a33303a30302b30303a303000",
                        "SELECT active, mode FROM enrollment WHERE learner_id = 5300005",
                        "[{active=false, mode=audit}]"),
                new Contract(Lms.USERS, LEARNING + "student.registration.completed.v1",
                        "{" + USER.formatted(5300006) + "}", "ccfc8605" + PII,
                        "SELECT username, named_at, staff FROM learner WHERE id = 5300006",
                        "[{username=bytes, named_at=1777896005250000, staff=false}]"));
    }

    private static Stream<Contract> courses() {
        return Stream.of(
                structure(Lms.CATALOG, "course.catalog_info.changed.v1", "Catalog",
                        "{'catalog_info': {'course_key': 'course-v1:Contract+Catalog+1', 'name': 'Any', 'schedule_data': {}}}",
                        "38636f757273652d76313a436f6e74726163742b436174616c6f672b3106416e79000873656c660000000000"),
                structure(Lms.XBLOCKS, "xblock.published.v1", "Published",
                        "{'xblock_info': {'usage_key': 'block-v1:Contract+Published+1+type@vertical+block@u1',"
                                + " 'block_type': 'vertical'}}",
                        "68626c6f636b2d76313a436f6e74726163742b5075626c69736865642b312b7479706540766572746963616c2b626c6f636b"
                                + "40753110766572746963616c"),
                structure(Lms.XBLOCKS, "xblock.deleted.v1", "Deleted",
                        "{'xblock_info': {'usage_key': 'block-v1:Contract+Deleted+1+type@vertical+block@u1',"
                                + " 'block_type': 'vertical'}}",
                        "64626c6f636b2d76313a436f6e74726163742b44656c657465642b312b7479706540766572746963616c2b626c6f636b"
                                + "40753110766572746963616c"),
                structure(Lms.COURSES, "course.import.completed.v1", "Import",
                        "{'course': {'course_key': 'course-v1:Contract+Import+1'}}",
                        "36636f757273652d76313a436f6e74726163742b496d706f72742b31"),
                structure(Lms.COURSES, "course.rerun.completed.v1", "Rerun",
                        "{'course': {'course_key': 'course-v1:Contract+Rerun+1'}}",
                        "34636f757273652d76313a436f6e74726163742b526572756e2b31"));
    }

    private static Contract structure(String topic, String type, String course, String json, String datum) {
        return new Contract(topic, AUTHORING + type, json, datum, REQUESTS.formatted(course), "[{requests=1}]");
    }

    @BeforeEach
    void open() {
        lms = new Lms();
        for (var table : List.of("cohort_member", "course_access_role", "enrollment", "stale_completion")) {
            Database.rows("DELETE FROM " + table + " WHERE learner_id BETWEEN 5300001 AND 5300009");
        }
        Database.rows("DELETE FROM learner WHERE id BETWEEN 5300001 AND 5300009");
        Database.rows("DELETE FROM structure_request");
    }

    @AfterEach
    void close() {
        lms.close();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void an_event_in_json_has_its_effect(Contract contract) {
        // When
        lms.send(message(contract, json(contract.json()).getBytes(StandardCharsets.UTF_8), "application/json"));
        lms.awaitIngested();

        // Then
        assertThat(Database.rows(contract.query())).hasToString(contract.effect());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void an_event_in_avro_has_its_effect(Contract contract) {
        // Given
        Wire.publishedTypes();
        int id = registry.register(contract.topic() + "-" + contract.type() + ".CloudEvent",
                Wire.publishedSchema(contract.type()));

        // When
        lms.send(message(contract, Wire.frame(id, HexFormat.of().parseHex(contract.datum())), "application/avro"));
        lms.awaitIngested();

        // Then
        assertThat(Database.rows(contract.query())).hasToString(contract.effect());
    }

    @Test
    void what_says_nothing_clear_goes_to_the_dead_letters() {
        // Given
        var contracts = contracts().toList();
        lms.send(message(contracts.get(0), null, "application/json"));
        lms.awaitIngested();
        try (var letters = new DeadLetterBox()) {
            // When
            for (var contract : contracts) {
                lms.send(message(contract, "{}".getBytes(StandardCharsets.UTF_8), "application/json"));
                lms.send(message(contract, json(contract.json()).substring(1).getBytes(StandardCharsets.UTF_8),
                        "application/json"));
                lms.send(message(contract, Wire.frame(987_654, (byte) 2), "application/avro"));
            }
            lms.awaitIngested();

            // Then
            assertThat(letters.letters()).hasSize(contracts.size() * 3)
                    .allSatisfy(letter -> assertThat(header(letter, "dead-letter-reason"))
                            .containsAnyOf("is missing", "Not a JSON object", "Unknown schema id 987654"));
        }
    }

    private static ProducerRecord<byte[], byte[]> message(Contract contract, byte[] value, String format) {
        var message = new ProducerRecord<byte[], byte[]>(contract.topic(), null, value);
        message.headers()
                .add("ce_type", contract.type().getBytes(StandardCharsets.UTF_8))
                .add("ce_time", TIME.getBytes(StandardCharsets.UTF_8))
                .add("content-type", format.getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
