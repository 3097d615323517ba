package org.openedx.aggregator.progress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.openedx.aggregator.transaction.Batches;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Look-ups of single learners, of which a front-end makes one for every page it shows; they share queries, but no answers.
 * A query for sixteen costs little more than a query for one.
 */
final class SingleReads {

    // Names come first and few, so the order of the joins is fixed: a planner might prefer all learners of the course.
    private static final String SINGLES = """
            SELECT STRAIGHT_JOIN e.course_id, e.learner_id, c.course_key, l.username, c.structure_id, c.released_at,
                   s.learner_id IS NOT NULL, p.structure_id, p.earned, p.possible, p.last_modified, p.optional_earned,
                   p.optional_possible, %s
              FROM learner l
              JOIN enrollment e ON e.learner_id = l.id AND e.active
              JOIN course c ON c.id = e.course_id
              LEFT JOIN stale_completion s ON s.course_id = e.course_id AND s.learner_id = e.learner_id
              LEFT JOIN progress p ON p.course_id = e.course_id AND p.learner_id = e.learner_id
             WHERE l.username IN (%s) AND e.course_id IN (%s)
               AND NOT EXISTS (SELECT 1 FROM learner n WHERE n.username = l.username AND n.named_at > l.named_at)""";

    private static final int BATCHES_AT_ONCE = 2;
    private static final int LEARNERS_PER_BATCH = 32;

    /** A learner, by name, in a course, and how much is wanted of the result. */
    private record Question(int courseId, String username, Detail detail) {
    }

    private final Pool pool;
    private final Batches<Question, Optional<EnrollmentProgress>> batches = new Batches<>(BATCHES_AT_ONCE, LEARNERS_PER_BATCH,
            this::answers);

    SingleReads(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<EnrollmentProgress>> of(int courseId, String username, Detail detail) {
        return batches.add(new Question(courseId, username, detail));
    }

    private Uni<List<Optional<EnrollmentProgress>>> answers(List<Question> questions) {
        var queries = questions.stream()
                .distinct()
                .collect(Collectors.groupingBy(Question::detail))
                .entrySet().stream()
                .map(alike -> read(alike.getKey(), alike.getValue()))
                .toList();
        return Uni.join().all(queries).andFailFast().map(found -> inOrder(questions, found));
    }

    private Uni<Map<Question, EnrollmentProgress>> read(Detail detail, List<Question> questions) {
        var names = padded(questions.stream().map(Question::username).distinct().toList());
        var courses = padded(questions.stream().map(Question::courseId).distinct().toList());
        var parameters = new ArrayList<Object>(names);
        parameters.addAll(courses);
        return pool.preparedQuery(SINGLES.formatted(detail.column(), marks(names), marks(courses)))
                .execute(detail.parameters(parameters))
                .map(rows -> byQuestion(detail, ProgressRows.of(rows)));
    }

    // To the next power of two, by repetition: a handful of statements to prepare instead of one for each size.
    private static <T> List<T> padded(List<T> values) {
        int size = Integer.highestOneBit(Math.max(1, 2 * values.size() - 1));
        var padded = new ArrayList<>(values);
        while (padded.size() < size) {
            padded.add(values.get(0));
        }
        return padded;
    }

    private static String marks(List<?> values) {
        return String.join(",", Collections.nCopies(values.size(), "?"));
    }

    private static Map<Question, EnrollmentProgress> byQuestion(Detail detail, List<EnrollmentProgress> found) {
        var byQuestion = new HashMap<Question, EnrollmentProgress>();
        for (var progress : found) {
            byQuestion.put(new Question(progress.enrollment().courseId(), progress.username(), detail), progress);
        }
        return byQuestion;
    }

    private static List<Optional<EnrollmentProgress>> inOrder(List<Question> questions,
            List<Map<Question, EnrollmentProgress>> found) {
        var all = new HashMap<Question, EnrollmentProgress>();
        found.forEach(all::putAll);
        return questions.stream().map(question -> Optional.ofNullable(all.get(question))).toList();
    }
}
