package org.openedx.aggregator.learner;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Reads what decides which part of a course each learner sees. */
@ApplicationScoped
public class Audiences {

    private static final Map<String, Integer> STOCK_TRACKS = Map.of("audit", 1, "verified", 2, "professional", 3,
            "no-id-professional", 4, "credit", 5, "honor", 6, "masters", 7);

    // A row for each cohort and track instead of one for each learner.
    private static final String ENROLLMENTS = """
            SELECT e.course_id, e.mode, m.cohort_id, m.cohort_name, GROUP_CONCAT(e.learner_id)
              FROM (SELECT course_id, learner_id, mode FROM enrollment WHERE %s) e
              LEFT JOIN cohort_member m ON m.course_id = e.course_id AND m.learner_id = e.learner_id
             GROUP BY e.course_id, e.mode, m.cohort_id, m.cohort_name""";

    // MySQL cuts a group at 1,024 bytes by default.
    private static final String LARGE_GROUPS = "SET SESSION group_concat_max_len = 16777216";

    private static final String COHORT_GROUPS = """
            SELECT c.course_id, c.id, c.name, g.partition_id, g.group_id
              FROM cohort c JOIN cohort_group g ON g.cohort_id = c.id
             WHERE c.present AND g.group_id IS NOT NULL AND c.course_id IN (%s)""";

    // One branch for each index.
    private static final String ROLES = """
            SELECT c.id, r.learner_id, r.role FROM course c JOIN course_access_role r ON r.course_key = c.course_key
             WHERE c.id IN (%1$s) AND r.granted AND r.role IN ('staff', 'limited_staff', 'instructor', 'beta_testers')
             UNION ALL
            SELECT c.id, r.learner_id, r.role FROM course c JOIN course_access_role r ON r.course_key = '' AND r.org = c.org
             WHERE c.id IN (%1$s) AND r.granted AND r.role IN ('staff', 'limited_staff', 'instructor')
             UNION ALL
            SELECT c.id, l.id, 'staff' FROM course c JOIN learner l ON l.staff WHERE c.id IN (%1$s)""";

    private static final String GROUPS = """
            SELECT course_id, learner_id, partition_id, group_id FROM learner_group WHERE group_id IS NOT NULL AND %s""";

    private static final String SELECTIONS = """
            SELECT course_id, learner_id, block_id, selected FROM library_selection WHERE selected IS NOT NULL AND %s""";

    private final Pool pool;
    private final Map<String, Integer> tracks;

    Audiences(Pool pool, TrackConfig config) {
        this.pool = pool;
        this.tracks = new HashMap<>(STOCK_TRACKS);
        this.tracks.putAll(config.groups());
    }

    /** The audience that each of the given enrolments belongs to; only those that are known are in the answer. */
    public Uni<Map<Enrollment, Audience>> of(Collection<Enrollment> enrollments) {
        if (enrollments.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var condition = Enrollment.condition(enrollments);
        var courses = enrollments.stream()
                .map(Enrollment::courseId)
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        return Uni.combine()
                .all()
                .unis(enrollments(condition), rows(COHORT_GROUPS, courses), rows(ROLES, courses), rows(GROUPS, condition),
                        rows(SELECTIONS, condition))
                .with((learners, cohorts, roles, groups, selections) -> new GatheredAudiences()
                        .cohorts(cohorts)
                        .enrollments(learners, tracks)
                        .roles(roles)
                        .groups(groups)
                        .selections(selections)
                        .audiences());
    }

    private Uni<RowSet<Row>> enrollments(String condition) {
        return pool.withConnection(connection -> inLargeGroups(connection, ENROLLMENTS.formatted(condition)));
    }

    private static Uni<RowSet<Row>> inLargeGroups(SqlConnection connection, String query) {
        return connection.query(LARGE_GROUPS)
                .execute()
                .chain(() -> connection.query(query).execute());
    }

    private Uni<RowSet<Row>> rows(String query, String among) {
        return pool.query(query.formatted(among)).execute();
    }
}
