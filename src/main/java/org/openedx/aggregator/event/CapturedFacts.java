package org.openedx.aggregator.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import org.openedx.aggregator.event.Change.BlocksSelected;
import org.openedx.aggregator.event.Change.CohortChanged;
import org.openedx.aggregator.event.Change.CohortGrouped;
import org.openedx.aggregator.event.Change.CohortJoined;
import org.openedx.aggregator.event.Change.GroupAssigned;
import org.openedx.aggregator.event.Change.StaffChanged;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Group;

/** What the rows of the LMS's tables say; nothing where they are about libraries. */
final class CapturedFacts {

    private static final Pattern GROUP_TAG = Pattern.compile("xblock\\.partition_service\\.partition_(\\d{1,9})");

    private CapturedFacts() {
    }

    static List<Change> completion(CapturedRow row) {
        var course = row.text("course_key");
        if (CourseKey.isLibrary(course)) {
            return List.of();
        }
        long learner = row.integer("user_id");
        var block = row.text("block_key");
        long modified = row.time("modified");
        return List.of(row.deleted()
                ? Facts.deleted(learner, course, block, Math.max(row.committedAt(), modified))
                : Facts.completed(learner, course, block, row.number("completion"), modified));
    }

    static List<Change> enrollment(CapturedRow row) {
        return inCourse(row, course -> Facts.enrolled(learner(row, "user_id"), course,
                !row.deleted() && row.bool("is_active"), row.text("mode"), row.committedAt()));
    }

    static List<Change> user(CapturedRow row) {
        long id = learner(row, "id");
        return List.of(Facts.named(id, row.text("username"), row.committedAt()),
                new StaffChanged(id, !row.deleted() && row.bool("is_staff"), row.committedAt()));
    }

    static List<Change> cohort(CapturedRow row) {
        if (!row.text("group_type").equals("cohort")) {
            return List.of();
        }
        return inCourse(row, course -> new CohortChanged(Facts.positive("cohort id", row.integer("id")), course,
                Facts.text("cohort name", row.text("name"), Facts.MAX_COHORT_NAME), !row.deleted(), row.committedAt()));
    }

    static List<Change> cohortMember(CapturedRow row) {
        return inCourse(row, course -> new CohortJoined(learner(row, "user_id"), course,
                unlessDeleted(row, cohort(row, "course_user_group_id")), Optional.empty(), row.committedAt()));
    }

    static List<Change> cohortGroup(CapturedRow row) {
        var group = new Group(id(row, "partition_id"), id(row, "group_id"));
        return List.of(new CohortGrouped(cohort(row, "course_user_group_id"), unlessDeleted(row, group), row.committedAt()));
    }

    static List<Change> role(CapturedRow row) {
        return Facts.role(row.integer("user_id"), row.textOrEmpty("org"), row.textOrEmpty("course_id"), row.text("role"),
                !row.deleted(), row.committedAt());
    }

    static List<Change> courseTag(CapturedRow row) {
        var partition = partition(row.text("key"));
        if (partition.isEmpty()) {
            return List.of();
        }
        return inCourse(row, course -> new GroupAssigned(learner(row, "user_id"), course, partition.getAsInt(),
                unlessDeleted(row, group(row.textOrEmpty("value"))), row.committedAt()));
    }

    static List<Change> module(CapturedRow row) {
        if (!LibraryState.TYPES.contains(row.text("module_type"))) {
            return List.of();
        }
        return inCourse(row, course -> selected(row, course, Facts.usage(row.text("module_id")).mapIntoCourse(course)));
    }

    private static Change selected(CapturedRow row, CourseKey course, UsageKey library) {
        List<UsageKey> selected = row.deleted() ? List.of() : LibraryState.selected(row.textOrEmpty("state"), library);
        return new BlocksSelected(learner(row, "student_id"), course, library, selected, row.committedAt());
    }

    private interface InCourse {
        Change change(CourseKey course);
    }

    private static List<Change> inCourse(CapturedRow row, InCourse change) {
        var course = row.text("course_id");
        return CourseKey.isLibrary(course) ? List.of() : List.of(change.change(Facts.course(course)));
    }

    private static <T> Optional<T> unlessDeleted(CapturedRow row, T value) {
        return row.deleted() ? Optional.empty() : Optional.of(value);
    }

    private static long learner(CapturedRow row, String column) {
        return Facts.learner(row.integer(column));
    }

    private static long cohort(CapturedRow row, String column) {
        return Facts.positive("cohort id", row.integer(column));
    }

    private static int id(CapturedRow row, String column) {
        return Facts.smallId(column, row.integer(column));
    }

    // Others keep tags of their own in that table.
    private static OptionalInt partition(String key) {
        var tag = GROUP_TAG.matcher(key);
        return tag.matches() ? OptionalInt.of(Integer.parseInt(tag.group(1))) : OptionalInt.empty();
    }

    private static int group(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new UnreadableEventException("value is not the id of a group");
        }
    }
}
