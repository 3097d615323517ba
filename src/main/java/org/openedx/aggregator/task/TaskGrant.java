package org.openedx.aggregator.task;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody may do with another's task.
 *
 * @param permissions in their order; view is always one of them
 */
public record TaskGrant(Grantee grantee, Set<TaskPermission> permissions) {

    public TaskGrant {
        var all = EnumSet.of(TaskPermission.VIEW);
        all.addAll(permissions);
        permissions = Collections.unmodifiableSet(all);
    }

    /** Fails with {@link InvalidGrantException} if a word is none of a permission, or there is none. */
    public static TaskGrant of(Grantee grantee, Collection<String> words) {
        if (words.isEmpty()) {
            throw new InvalidGrantException("Give at least one permission of " + allWords() + ".");
        }
        var permissions = EnumSet.noneOf(TaskPermission.class);
        words.forEach(word -> permissions.add(permission(word)));
        return new TaskGrant(grantee, permissions);
    }

    private static TaskPermission permission(String word) {
        return TaskPermission.of(String.valueOf(word))
                .orElseThrow(() -> new InvalidGrantException("A permission is one of " + allWords() + "."));
    }

    private static List<String> allWords() {
        return EnumSet.allOf(TaskPermission.class).stream().map(TaskPermission::word).toList();
    }
}
