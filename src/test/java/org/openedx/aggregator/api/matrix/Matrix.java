package org.openedx.aggregator.api.matrix;

import java.util.Arrays;
import java.util.List;

/**
 * Who gets what answer, for every endpoint. A restricted token is one of a restricted application that claims to be the
 * learner and a superuser. Where a path stands twice, it is asked for in two ways.
 */
final class Matrix {

    private static final String TABLE = """
            #                                                              nobody learner other tutor stranger staff superuser service restricted
            # completions: the learner's own, those of others, those of a course
            GET    /completion-aggregator/v0/course?username={learner}                401 200 403 403 403 200 200 403 401
            GET    /completion-aggregator/v0/course/{course_key}                      401 200 404 404 404 404 404 404 401
            GET    /completion-aggregator/v0/course/{course_key}?username={learner}   401 200 403 200 403 200 200 403 401
            POST   /completion-aggregator/v0/course/{course_key}/blocks/{block_key}   401 201 404 404 404 404 404 404 401
            GET    /completion-aggregator/v1/course                                   401 403 403 403 403 200 200 403 401
            GET    /completion-aggregator/v1/course?username={learner}                401 200 403 403 403 200 200 403 401
            GET    /completion-aggregator/v1/course/{course_key}                      401 403 403 200 403 200 200 403 401
            GET    /completion-aggregator/v1/course/{course_key}?username={learner}   401 200 403 200 403 200 200 403 401
            POST   /completion-aggregator/v1/course/{course_key}                      401 200 403 200 403 200 200 403 401
            GET    /completion-aggregator/v1/stats/{course_key}                       401 403 403 200 403 200 200 403 401
            # courses
            GET    /completion-aggregator/v1/structure/{course_key}                   401 403 403 403 403 200 200 403 401
            PUT    /completion-aggregator/v1/structure/{course_key}                   401 403 403 403 403 200 200 403 401
            GET    /completion-aggregator/v1/structure/{course_key}/refresh           401 403 403 503 403 503 503 403 401
            POST   /completion-aggregator/v1/structure/{course_key}/refresh           401 403 403 503 403 503 503 403 401
            POST   /completion-aggregator/v1/reaggregate                              401 403 403 403 403 202 202 403 401
            POST   /completion-aggregator/v1/reports                                  401 403 403 202 403 202 202 403 401
            GET    /completion-aggregator/v1/status                                   401 403 403 403 403 200 200 403 401
            GET    /completion-aggregator/v1/status/structures                        401 403 403 403 403 200 200 403 401
            GET    /completion-aggregator/v1/status/parked                            401 403 403 403 403 200 200 403 401
            POST   /completion-aggregator/v1/status/parked/retry                      401 403 403 403 403 202 202 403 401
            # tasks: the learner's
            GET    /api/tasks/v0/tasks                                                401 200 200 200 200 200 200 200 401
            GET    /api/tasks/v0/tasks/{uuid}                                         401 200 404 404 404 404 200 404 401
            DELETE /api/tasks/v0/tasks/{uuid}                                         401 204 404 404 404 404 204 404 401
            POST   /api/tasks/v0/tasks/{uuid}/cancel                                  401 200 404 404 404 404 200 404 401
            GET    /api/tasks/v0/tasks/{uuid}/events                                  401 200 404 404 404 404 200 404 401
            GET    /api/tasks/v0/tasks/{uuid}/permissions                             401 200 404 404 404 404 200 404 401
            PUT    /api/tasks/v0/tasks/{uuid}/permissions/{username}                  401 200 404 404 404 404 200 404 401
            DELETE /api/tasks/v0/tasks/{uuid}/permissions/{username}                  401 204 404 404 404 404 204 404 401
            PUT    /api/tasks/v0/tasks/{uuid}/permissions/course/{course_key}         401 200 404 404 404 404 200 404 401
            DELETE /api/tasks/v0/tasks/{uuid}/permissions/course/{course_key}         401 204 404 404 404 404 204 404 401
            GET    /api/tasks/v0/artifacts                                            401 200 200 200 200 200 200 200 401
            GET    /api/tasks/v0/artifacts/{uuid}                                     401 200 404 404 404 404 200 404 401
            GET    /tasks                                                             401 200 200 200 200 200 200 200 401
            GET    /tasks/{uuid}                                                      401 200 404 404 404 404 200 404 401
            GET    /tasks/{uuid}/{nothing}                                            401 404 404 404 404 404 404 404 401
            POST   /tasks/{uuid}/cancel                                               401 303 404 404 404 404 303 404 401
            POST   /tasks/{uuid}/delete                                               401 303 404 404 404 404 303 404 401
            # tasks of workers elsewhere
            POST   /api/tasks/v0/external                                             401 403 403 403 403 403 200 200 401
            # what opens with a signature, which is not there
            GET    /api/tasks/v0/files/{key}                                          403 403 403 403 403 403 403 403 403
            HEAD   /api/tasks/v0/files/{key}                                          403 403 403 403 403 403 403 403 403
            GET    /api/tasks/v0/preferences/opt-out/                                 403 403 403 403 403 403 403 403 403
            POST   /api/tasks/v0/preferences/opt-out/                                 403 403 403 403 403 403 403 403 403
            # everybody's own; subscriptions are the learner's
            GET    /api/tasks/v0/preferences                                          401 200 200 200 200 200 200 200 401
            PUT    /api/tasks/v0/preferences                                          401 200 200 200 200 200 200 200 401
            GET    /api/tasks/v0/webhooks                                             401 200 200 200 200 200 200 200 401
            POST   /api/tasks/v0/webhooks                                             401 201 201 201 201 201 201 201 401
            POST   /api/tasks/v0/webhooks?all                                         401 403 403 403 403 403 201 403 401
            GET    /api/tasks/v0/webhooks/{uuid}                                      401 200 404 404 404 404 404 404 401
            DELETE /api/tasks/v0/webhooks/{uuid}                                      401 204 404 404 404 404 404 404 401
            GET    /api/tasks/v0/webhooks/{uuid}/failures                             401 200 404 404 404 404 404 404 401
            POST   /api/tasks/v0/webhooks/{uuid}/failures/{delivery}/retry            401 202 404 404 404 404 404 404 401
            # nobody's
            GET    /csrf/api/v1/token                                                 200 200 200 200 200 200 200 200 200
            GET    /q/health                                                          200 200 200 200 200 200 200 200 200
            GET    /q/health/live                                                     200 200 200 200 200 200 200 200 200
            GET    /q/health/ready                                                    200 200 200 200 200 200 200 200 200
            GET    /q/metrics                                                         200 200 200 200 200 200 200 200 200
            GET    /q/openapi                                                         200 200 200 200 200 200 200 200 200
            """;

    private Matrix() {
    }

    /** One endpoint, and the statuses in the order of {@link Person}. */
    record Row(String method, String path, List<Integer> statuses) {

        /** As a resource declares it. */
        String endpoint() {
            return method + " " + path.replaceAll("\\?.*", "");
        }

        boolean isOurs() {
            return !path.startsWith("/q/");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Row> rows() {
        return TABLE.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\\s+")).map(Matrix::row).toList();
    }

    private static Row row(String[] words) {
        if (words.length != 2 + Person.values().length) {
            throw new IllegalStateException("Not a row: " + String.join(" ", words));
        }
        return new Row(words[0], words[1], Arrays.stream(words).skip(2).map(Integer::valueOf).toList());
    }
}
