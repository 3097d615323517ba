package org.openedx.aggregator.progress;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.learner.Enrollment;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** Enrolments with their stored results, as the queries of this package return them. */
final class ProgressRows {

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private ProgressRows() {
    }

    static List<EnrollmentProgress> of(RowSet<Row> rows) {
        var progress = new ArrayList<EnrollmentProgress>(rows.size());
        for (Row row : rows) {
            progress.add(progress(row));
        }
        return progress;
    }

    private static EnrollmentProgress progress(Row row) {
        var enrollment = new Enrollment(row.getInteger(0), row.getLong(1));
        return new EnrollmentProgress(enrollment, row.getString(2), name(row.getString(3)),
                Optional.ofNullable(row.getInteger(4)),
                row.getLong(5), row.getInteger(6) != 0, stored(enrollment, row));
    }

    // An enrolment may be known before its learner is.
    private static String name(String username) {
        return username == null ? "" : username;
    }

    private static Optional<Progress> stored(Enrollment enrollment, Row row) {
        if (row.getInteger(7) == null) {
            return Optional.empty();
        }
        var course = new Aggregate(row.getDouble(8), row.getDouble(9), micros(row.getLocalDateTime(10)), row.getDouble(11),
                row.getDouble(12));
        var blocks = row.getString(13);
        return Optional.of(new Progress(enrollment, row.getInteger(7), course,
                new PackedAggregates(blocks == null ? "[]" : blocks)));
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
