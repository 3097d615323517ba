package org.openedx.aggregator.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.support.Lms;

/** Tells a story at an even pace, and publishes courses anew all the while. */
final class Driver {

    private static final Duration BEAT = Duration.ofMillis(100);
    private static final Duration PUBLISH_EVERY = Duration.ofSeconds(4);
    // By then whatever an attempt without an answer was to store is stored, or its process is dead.
    private static final Duration UNSURE = Duration.ofSeconds(60);
    private static final Instant ENROLLED = Instant.parse("2026-01-01T00:00:00Z");
    private static final long FIRST_COHORT = 1000;

    private final Story story;
    private final Lms lms;
    private final Replicas replicas;
    private final Random random;
    private final List<GroupCourse> courses;
    private final Map<Integer, Long> unsureUntil = new HashMap<>();
    private int publications;
    private int records;

    Driver(Story story, Lms lms, Replicas replicas, Random random) {
        this.story = story;
        this.lms = lms;
        this.replicas = replicas;
        this.random = random;
        this.courses = new ArrayList<>(story.courses());
    }

    void publishAll() {
        courses.forEach(course -> replicas.publish(course, random));
    }

    /** Returns when all has been told, after so long. */
    void tell(Duration duration) {
        introduce();
        var steps = story.steps(lms, random);
        long start = System.nanoTime();
        for (int next = 0; next < steps.size();) {
            double share = Math.min(1.0, (double) (System.nanoTime() - start) / duration.toNanos());
            for (int due = (int) (steps.size() * share); next < due; next++) {
                steps.get(next).run();
            }
            Patience.pause(BEAT);
        }
        records += steps.size();
        lms.flush();
    }

    private void introduce() {
        for (var course : courses) {
            story.learners().forEach(learner -> lms.enrollment(learner, Story.username(learner), course.key(), true, ENROLLED));
            records += story.learners().size();
            for (int group = 0; group <= GroupCourse.GROUPS && !course.groupOf().isEmpty(); group++) {
                introduceCohort(course, group);
            }
        }
    }

    private void introduceCohort(GroupCourse course, int group) {
        long id = FIRST_COHORT + courses.indexOf(course) * 100L + group;
        capture("course_groups_courseusergroup", "{\"id\":%d,\"name\":\"%s\",\"course_id\":\"%s\",\"group_type\":\"cohort\"}"
                .formatted(id, Story.cohort(group), course.key()));
        if (group > 0) {
            capture("course_groups_courseusergrouppartitiongroup",
                    "{\"id\":1,\"course_user_group_id\":%d,\"partition_id\":%d,\"group_id\":%d}".formatted(id,
                            GroupCourse.PARTITION, group));
        }
    }

    private void capture(String table, String after) {
        lms.capture(table, "{\"before\":null,\"after\":%s,\"source\":{\"ts_ms\":%d},\"op\":\"c\"}".formatted(after,
                ENROLLED.toEpochMilli()));
        records++;
    }

    /** Publishes one course after the other. */
    void publishOnAndOn(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            Patience.pause(PUBLISH_EVERY);
            int index = random.nextInt(courses.size());
            if (System.nanoTime() > unsureUntil.getOrDefault(index, Long.MIN_VALUE)) {
                publishEdited(index);
            }
        }
    }

    private void publishEdited(int index) {
        var course = courses.get(index);
        var leaf = course.leaves().get(random.nextInt(course.leaves().size()));
        var edited = course.with(leaf, random.nextBoolean() ? Mode.EXCLUDED : Mode.COMPLETABLE);
        if (!replicas.publish(edited, random)) {
            unsureUntil.put(index, System.nanoTime() + UNSURE.toNanos());
        }
        courses.set(index, edited);
        publications++;
    }

    /** The courses as they are now. */
    List<GroupCourse> courses() {
        return courses;
    }

    int publications() {
        return publications;
    }

    /** How many records were sent. */
    int records() {
        return records;
    }
}
