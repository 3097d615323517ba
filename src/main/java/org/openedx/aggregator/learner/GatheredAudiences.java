package org.openedx.aggregator.learner;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** Joins the rows about some enrolments. Who is of the same cohort and track shares an audience. */
final class GatheredAudiences {

    /** The user partition that the LMS makes of the enrolment tracks of a course. */
    private static final int TRACK_PARTITION = 50;

    private final Map<Enrollment, Audience> audiences = new HashMap<>();
    private final Map<Long, Group> byId = new HashMap<>();
    private final Map<String, Group> byName = new HashMap<>();

    GatheredAudiences cohorts(RowSet<Row> rows) {
        for (Row row : rows) {
            var group = new Group(row.getInteger(3), row.getInteger(4));
            byId.put(row.getLong(1), group);
            byName.put(name(row.getInteger(0), row.getString(2)), group);
        }
        return this;
    }

    /** To be called after {@link #cohorts}. */
    GatheredAudiences enrollments(RowSet<Row> rows, Map<String, Integer> tracks) {
        for (Row row : rows) {
            int course = row.getInteger(0);
            var audience = audience(tracks.get(row.getString(1)), cohortGroup(course, row.getLong(2), row.getString(3)));
            numbers(row.getString(4)).forEach(learner -> audiences.put(new Enrollment(course, learner), audience));
        }
        return this;
    }

    private static Audience audience(Integer track, Optional<Group> cohortGroup) {
        var audience = track == null ? Audience.ANYBODY : Audience.ANYBODY.withGroup(TRACK_PARTITION, track);
        return cohortGroup.isPresent()
                ? audience.withGroup(cohortGroup.get().partitionId(), cohortGroup.get().groupId())
                : audience;
    }

    // Captured rows give a cohort's id, events its name.
    private Optional<Group> cohortGroup(int course, Long id, String name) {
        if (id != null) {
            return Optional.ofNullable(byId.get(id));
        }
        return Optional.ofNullable(name).map(known -> byName.get(name(course, known)));
    }

    private static String name(int course, String cohort) {
        return course + " " + cohort;
    }

    GatheredAudiences roles(RowSet<Row> rows) {
        for (Row row : rows) {
            change(row, audience -> audience.withRole(row.getString(2)));
        }
        return this;
    }

    GatheredAudiences groups(RowSet<Row> rows) {
        for (Row row : rows) {
            change(row, audience -> audience.withGroup(row.getInteger(2), row.getInteger(3)));
        }
        return this;
    }

    GatheredAudiences selections(RowSet<Row> rows) {
        for (Row row : rows) {
            List<Integer> blocks = numbers(row.getString(3)).map(Long::intValue).toList();
            change(row, audience -> audience.withSelection(row.getInteger(2), blocks));
        }
        return this;
    }

    Map<Enrollment, Audience> audiences() {
        return audiences;
    }

    // Roles are those of the whole course; staff see everything, whatever else there is to say.
    private void change(Row row, UnaryOperator<Audience> change) {
        audiences.computeIfPresent(new Enrollment(row.getInteger(0), row.getLong(1)),
                (enrollment, audience) -> audience.staff() ? audience : change.apply(audience));
    }

    private static Stream<Long> numbers(String list) {
        return Arrays.stream(list.split(",")).filter(text -> !text.isEmpty()).map(Long::valueOf);
    }
}
