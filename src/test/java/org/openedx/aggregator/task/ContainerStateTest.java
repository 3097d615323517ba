package org.openedx.aggregator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of django-user-tasks: P pending, W waiting, R running, X exporting, T retrying, S succeeded, F failed, C canceled;
 * containers: N waiting, O open, I in progress with a text.
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
            "CHORD, W,   Pending,     0,   ''",
            "GROUP, NN,  Pending,     0 1, ''",
            "GROUP, OW,  Pending,     1,   ''",
            "CHAIN, SNN, In Progress, 1,   ''",
            "CHAIN, SIN, Exporting,   '',  ''",
            "CHAIN, SFN, Failed,      '',  2",
            "GROUP, FI,  Failed,      '',  ''",
            "CHORD, SSN, In Progress, 2,   ''",
            "GROUP, CI,  Canceled,    '',  1" })
    void a_container_follows_its_tasks(Container kind, String tasks, String state, String ready, String canceled) {
        // When
        var container = ContainerState.of(Parent.container(kind), children(tasks));

        // Then
        assertThat(container.state()).isEqualTo(state);
        assertThat(container.ready()).extracting(Child::uuid).isEqualTo(list(ready));
        assertThat(container.canceled()).isEqualTo(list(canceled));
        assertThat(container.totalSteps()).isEqualTo(10L * tasks.length());
        assertThat(container.completedSteps()).isEqualTo(3L * tasks.length());
    }

    @ParameterizedTest(name = "a task that is over ({0}) with {1} of {2} parts is {3}")
    @CsvSource({
            "false, WW, 2, Mine",
            "false, SS, 2, Mine",
            "false, RF, 2, Failed",
            "false, RC, 2, Canceled",
            "true,  SR, 2, Mine",
            "true,  SS, 3, Mine",
            "true,  SS, 2, Succeeded",
            "true,  SF, 2, Failed" })
    void a_task_with_parts_ends_with_the_last_of_both(boolean over, String tasks, int expected, String state) {
        // Given
        var parent = new Parent("", Optional.empty(), Optional.empty(), "Mine", over, expected);

        // When
        var followed = ContainerState.of(parent, children(tasks));

        // Then
        assertThat(followed.state()).isEqualTo(state);
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
            case 'W' -> new Child(uuid, "test", false, Phase.WAITING, false, TaskState.PENDING, 3, 10);
            case 'P' -> new Child(uuid, "test", false, Phase.READY, false, TaskState.PENDING, 3, 10);
            case 'R' -> new Child(uuid, "test", false, Phase.RUNNING, true, TaskState.IN_PROGRESS, 3, 10);
            case 'X' -> new Child(uuid, "test", false, Phase.RUNNING, true, "Exporting", 3, 10);
            case 'T' -> new Child(uuid, "test", false, Phase.READY, true, TaskState.RETRYING, 3, 10);
            case 'S' -> new Child(uuid, "test", false, Phase.FINISHED, true, TaskState.SUCCEEDED, 3, 10);
            case 'F' -> new Child(uuid, "test", false, Phase.FINISHED, true, TaskState.FAILED, 3, 10);
            case 'N' -> new Child(uuid, "group", true, Phase.WAITING, false, TaskState.PENDING, 3, 10);
            case 'O' -> new Child(uuid, "group", true, Phase.READY, false, TaskState.PENDING, 3, 10);
            case 'I' -> new Child(uuid, "chain", true, Phase.READY, true, "Exporting", 3, 10);
            default -> new Child(uuid, "test", false, Phase.FINISHED, true, TaskState.CANCELED, 3, 10);
        };
    }

    private static List<String> list(String indices) {
        return indices.isEmpty() ? List.of() : List.of(indices.split(" "));
    }
}
