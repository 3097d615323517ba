package org.openedx.aggregator.learner;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.openedx.aggregator.learner.AudienceBuilder.CohortGroup;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** Joins the rows about some enrolments. */
final class GatheredAudiences {

    /** The user partition that the LMS makes of the enrolment tracks of a course. */
    private static final int TRACK_PARTITION = 50;

    private final Map<Enrollment, AudienceBuilder> builders = new HashMap<>();

    GatheredAudiences(RowSet<Row> enrollments, Map<String, Integer> tracks) {
        for (Row row : enrollments) {
            var builder = new AudienceBuilder();
            builder.inCohort(row.getLong(3), row.getString(4));
            if (tracks.containsKey(row.getString(2))) {
                builder.inGroup(TRACK_PARTITION, tracks.get(row.getString(2)));
            }
            builders.put(new Enrollment(row.getInteger(0), row.getLong(1)), builder);
        }
    }

    GatheredAudiences cohorts(RowSet<Row> rows) {
        var byId = new HashMap<Long, CohortGroup>();
        var byName = new HashMap<Integer, Map<String, CohortGroup>>();
        for (Row row : rows) {
            var group = new CohortGroup(row.getInteger(3), row.getInteger(4));
            byId.put(row.getLong(1), group);
            byName.computeIfAbsent(row.getInteger(0), course -> new HashMap<>()).put(row.getString(2), group);
        }
        for (var entry : builders.entrySet()) {
            var names = byName.getOrDefault(entry.getKey().courseId(), Map.of());
            entry.getValue()
                    .cohortGroup(byId, names)
                    .ifPresent(group -> entry.getValue().inGroup(group.partition(), group.group()));
        }
        return this;
    }

    GatheredAudiences roles(RowSet<Row> rows) {
        for (Row row : rows) {
            with(row, builder -> builder.hasRole(row.getString(2)));
        }
        return this;
    }

    GatheredAudiences groups(RowSet<Row> rows) {
        for (Row row : rows) {
            with(row, builder -> builder.inGroup(row.getInteger(2), row.getInteger(3)));
        }
        return this;
    }

    GatheredAudiences selections(RowSet<Row> rows) {
        for (Row row : rows) {
            var blocks = Arrays.stream(row.getString(3).split(","))
                    .filter(text -> !text.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
            with(row, builder -> builder.picked(row.getInteger(2), blocks));
        }
        return this;
    }

    Map<Enrollment, Audience> audiences() {
        return builders.entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().build()));
    }

    private void with(Row row, Consumer<AudienceBuilder> change) {
        var builder = builders.get(new Enrollment(row.getInteger(0), row.getLong(1)));
        if (builder != null) {
            change.accept(builder);
        }
    }
}
