package org.openedx.aggregator.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tables of the LMS that are captured, with the columns we need: of others, such as passwords, nothing is read. */
enum CapturedTable {

    COMPLETIONS("completion_blockcompletion", CapturedFacts::completion,
            "user_id", "course_key", "block_key", "completion", "modified"),

    ENROLLMENTS("student_courseenrollment", CapturedFacts::enrollment,
            "user_id", "course_id", "is_active", "mode"),

    USERS("auth_user", CapturedFacts::user,
            "id", "username", "is_staff"),

    COHORTS("course_groups_courseusergroup", CapturedFacts::cohort,
            "id", "name", "course_id", "group_type"),

    COHORT_MEMBERS("course_groups_cohortmembership", CapturedFacts::cohortMember,
            "course_user_group_id", "user_id", "course_id"),

    COHORT_GROUPS("course_groups_courseusergrouppartitiongroup", CapturedFacts::cohortGroup,
            "course_user_group_id", "partition_id", "group_id"),

    ROLES("student_courseaccessrole", CapturedFacts::role,
            "user_id", "org", "course_id", "role"),

    COURSE_TAGS("user_api_usercoursetag", CapturedFacts::courseTag,
            "user_id", "course_id", "key", "value"),

    // A state for each learner and problem; few are of libraries.
    MODULES("courseware_studentmodule", CapturedFacts::module,
            "student_id", "course_id", "module_id", "module_type", "state") {
        @Override
        boolean mayConcernUs(byte[] value) {
            return LibraryState.TYPES.stream().anyMatch(type -> Bytes.contain(value, type));
        }
    };

    private final String table;
    private final Function<CapturedRow, List<Change>> reading;
    private final Set<String> columns;

    CapturedTable(String table, Function<CapturedRow, List<Change>> reading, String... columns) {
        this.table = table;
        this.reading = reading;
        this.columns = Set.of(columns);
    }

    /** The table of a topic, which is the last part of its name. */
    static Optional<CapturedTable> ofTopic(String topic) {
        var name = topic.substring(topic.lastIndexOf('.') + 1);
        return Arrays.stream(values()).filter(table -> table.table.equals(name)).findFirst();
    }

    Set<String> columns() {
        return columns;
    }

    /** Whether a record can be of interest; asked before it is decoded. */
    boolean mayConcernUs(byte[] value) {
        return true;
    }

    List<Change> changes(CapturedRow row) {
        return reading.apply(row);
    }

    @Override
    public String toString() {
        return table;
    }
}
