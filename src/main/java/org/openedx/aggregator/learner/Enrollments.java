package org.openedx.aggregator.learner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The store of learners and enrolments. The newest word of the LMS counts, in whatever order its words arrive. */
@ApplicationScoped
public class Enrollments {

    // Assignments run from left to right: what depends on the old time comes before it is replaced.
    private static final String UPSERT_NAME = """
            INSERT INTO learner (id, username, named_at) VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE username = IF(VALUES(named_at) >= named_at, VALUES(username), username),
              named_at = GREATEST(named_at, VALUES(named_at))""";

    private static final String UPSERT_ENROLLMENT = """
            INSERT INTO enrollment (course_id, learner_id, active, mode, changed_at) VALUES (?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE active = IF(VALUES(changed_at) >= changed_at, VALUES(active), active),
              mode = IF(VALUES(changed_at) >= changed_at, VALUES(mode), mode),
              changed_at = GREATEST(changed_at, VALUES(changed_at))""";

    private final Pool pool;

    Enrollments(Pool pool) {
        this.pool = pool;
    }

    /** Keeps the newest of what is given and what is stored. */
    public Uni<Void> recordNames(SqlConnection transaction, Collection<LearnerName> names) {
        var newest = newest(names, LearnerName::learnerId, LearnerName::newer, Comparator.comparing(LearnerName::learnerId));
        var rows = newest.stream().map(name -> Tuple.of(name.learnerId(), name.username(), name.saidAt())).toList();
        return executeAll(transaction, UPSERT_NAME, rows);
    }

    /** Keeps the newest of what is given and what is stored. */
    public Uni<Void> record(SqlConnection transaction, Collection<EnrollmentChange> changes) {
        var newest = newest(changes, EnrollmentChange::enrollment, EnrollmentChange::newer,
                Comparator.comparing(EnrollmentChange::enrollment));
        return executeAll(transaction, UPSERT_ENROLLMENT, newest.stream().map(Enrollments::tuple).toList());
    }

    /** The learner who holds a username now; names differ by upper and lower case. */
    public Uni<Optional<Learner>> named(String username) {
        return pool.preparedQuery("SELECT id FROM learner WHERE username = ? ORDER BY named_at DESC LIMIT 1")
                .execute(Tuple.of(username))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(new Learner(rows.iterator().next().getLong(0), username))
                        : Optional.empty());
    }

    private static Tuple tuple(EnrollmentChange change) {
        return Tuple.of(change.enrollment().courseId(), change.enrollment().learnerId(), change.active(), change.mode(),
                change.changedAt());
    }

    private static <T, K> List<T> newest(Collection<T> items, Function<T, K> key, BinaryOperator<T> newer,
            Comparator<T> order) {
        var newest = new ArrayList<>(items.stream().collect(Collectors.toMap(key, Function.identity(), newer)).values());
        newest.sort(order);
        return newest;
    }

    private static Uni<Void> executeAll(SqlConnection transaction, String statement, List<Tuple> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction.preparedQuery(statement)
                .executeBatch(rows)
                .replaceWithVoid();
    }
}
