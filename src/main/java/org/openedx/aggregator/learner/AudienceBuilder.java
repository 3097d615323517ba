package org.openedx.aggregator.learner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what is known about one learner in one course. */
final class AudienceBuilder {

    /** The group of a user partition that a cohort stands for. */
    record CohortGroup(int partition, int group) {
    }

    private static final String BETA_TESTERS = "beta_testers";

    private final Map<Integer, Integer> groups = new HashMap<>();
    private final Map<Integer, List<Integer>> selections = new HashMap<>();
    private Optional<Long> cohortId = Optional.empty();
    private Optional<String> cohortName = Optional.empty();
    private boolean staff;
    private boolean betaTester;

    void inCohort(Long id, String name) {
        cohortId = Optional.ofNullable(id);
        cohortName = Optional.ofNullable(name);
    }

    /** The learner's cohort, by the id that captured rows give or the name that events do. */
    Optional<CohortGroup> cohortGroup(Map<Long, CohortGroup> byId, Map<String, CohortGroup> byName) {
        return cohortId.isPresent() ? cohortId.map(byId::get) : cohortName.map(byName::get);
    }

    void inGroup(int partition, int group) {
        groups.put(partition, group);
    }

    void picked(int library, List<Integer> blocks) {
        selections.put(library, blocks);
    }

    void hasRole(String role) {
        if (role.equals(BETA_TESTERS)) {
            betaTester = true;
        } else {
            staff = true;
        }
    }

    Audience build() {
        return staff ? Audience.STAFF : new Audience(false, betaTester, groups, selections);
    }
}
