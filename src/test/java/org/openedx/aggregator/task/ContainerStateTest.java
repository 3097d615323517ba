package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of django-user-tasks: P pending, W waiting, R running, X exporting, T retrying, S succeeded, F failed, C canceled.
 */
class ContainerStateTest {

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource({
            "GROUP, WW,  Pending,     0 1, ''",
            "GROUP, RP,  In Progress, '',  ''",
            "GROUP, SP,  In Progress, '',  ''",
            "GROUP, TP,  In Progress, '',  ''",
            "GROUP, XR,  In Progress, '',  ''",
            "GROUP, SS,  Succeeded,   '',  ''",
            "GROUP, FR,  Failed,      '',  ''",
            "GROUP, FS,  Failed,      '',  ''",
            "GROUP, CR,  Canceled,    '',  1",
            "CHAIN, WWW, Pending,     0,   ''",
            "CHAIN, RWW, In Progress, '',  ''",
            "CHAIN, XWW, Exporting,   '',  ''",
            "CHAIN, SWW, In Progress, 1,   ''",
            "CHAIN, SFW, Failed,      '',  2",
            "CHAIN, SCW, Canceled,    '',  2",
            "CHAIN, SSS, Succeeded,   '',  ''",
            "CHORD, WWW, Pending,     0 1, ''",
            "CHORD, RXW, In Progress, '',  ''",
            "CHORD, SRW, In Progress, '',  ''",
            "CHORD, SSW, In Progress, 2,   ''",
            "CHORD, SSX, Exporting,   '',  ''",
            "CHORD, FRW, Failed,      '',  2",
            "CHORD, SSS, Succeeded,   '',  ''",
            "CHORD, W,   Pending,     0,   ''" })
    void a_container_follows_its_tasks(Container kind, String tasks, String state, String ready, String canceled) {
        // When
        var container = ContainerState.of(kind, children(tasks));

        // Then
        assertThat(container.state()).isEqualTo(state);
        assertThat(container.ready()).isEqualTo(list(ready));
        assertThat(container.canceled()).isEqualTo(list(canceled));
        assertThat(container.totalSteps()).isEqualTo(10L * tasks.length());
        assertThat(container.completedSteps()).isEqualTo(3L * tasks.length());
    }

    private static List<Child> children(String tasks) {
        var children = new ArrayList<Child>();
        for (int index = 0; index < tasks.length(); index++) {
            children.add(child(Integer.toString(index), tasks.charAt(index)));
        }
        return children;
    }

    private static Child child(String uuid, char kind) {
        return switch (kind) {
            case 'W' -> new Child(uuid, Phase.WAITING, false, TaskState.PENDING, 3, 10);
            case 'P' -> new Child(uuid, Phase.READY, false, TaskState.PENDING, 3, 10);
            case 'R' -> new Child(uuid, Phase.RUNNING, true, TaskState.IN_PROGRESS, 3, 10);
            case 'X' -> new Child(uuid, Phase.RUNNING, true, "Exporting", 3, 10);
            case 'T' -> new Child(uuid, Phase.READY, true, TaskState.RETRYING, 3, 10);
            case 'S' -> new Child(uuid, Phase.FINISHED, true, TaskState.SUCCEEDED, 3, 10);
            case 'F' -> new Child(uuid, Phase.FINISHED, true, TaskState.FAILED, 3, 10);
            default -> new Child(uuid, Phase.FINISHED, true, TaskState.CANCELED, 3, 10);
        };
    }

    private static List<String> list(String indices) {
        return indices.isEmpty() ? List.of() : List.of(indices.split(" "));
    }
}
