package org.openedx.aggregator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of hadolint that matter here, and some of our own. */
class DockerfileTest {

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void bases_are_pinned(String kind) {
        // Then
        assertThat(dockerfile(kind).all("FROM")).isNotEmpty()
                .allMatch(base -> base.split(" ")[0].matches(".+:[^:/]+"))
                .noneMatch(base -> base.contains(":latest"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void the_service_is_not_root(String kind) {
        // Then: a number, since Kubernetes cannot tell whether a name is root.
        assertThat(dockerfile(kind).image().all("USER")).isNotEmpty().allMatch(user -> user.matches("[1-9]\\d*:[1-9]\\d*"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void what_is_copied_has_an_owner_and_comes_from_here(String kind) {
        // Then
        assertThat(dockerfile(kind).all("COPY")).isNotEmpty().allMatch(copy -> copy.contains("--chown="));
        assertThat(dockerfile(kind).all("ADD")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void the_service_cannot_change_its_own_files(String kind) {
        // Then
        assertThat(dockerfile(kind).image().all("COPY")).allMatch(copy -> copy.contains("--chown=0:0"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void nothing_is_installed_without_cleaning_up(String kind) {
        // Then
        assertThat(dockerfile(kind).all("RUN"))
                .filteredOn(run -> run.matches(".*(apt-get|dnf|microdnf|yum|apk).*"))
                .allMatch(run -> run.matches(".*(clean all|rm -rf /var/lib/apt/lists|--no-cache).*"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void labels_say_what_it_is(String kind) {
        // When
        var labels = dockerfile(kind).image().all("LABEL").collect(Collectors.joining(" "));

        // Then
        assertThat(List.of("title", "description", "licenses", "version", "revision", "base.name"))
                .allMatch(label -> labels.contains("org.opencontainers.image." + label + "="));
    }

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void the_port_is_named(String kind) {
        // Then
        assertThat(dockerfile(kind).image().all("EXPOSE")).containsExactly("8080");
    }

    @ParameterizedTest
    @ValueSource(strings = { "native", "jvm" })
    void signals_reach_the_service(String kind) {
        // Then: in the form of a list there is no shell in between.
        assertThat(dockerfile(kind).image().all("ENTRYPOINT")).hasSize(1).allMatch(entry -> entry.matches("\\[\".*\"]"));
        assertThat(dockerfile(kind).image().all("CMD")).isEmpty();
    }

    @Test
    void the_heap_has_a_limit() {
        // Then
        assertThat(dockerfile("native").image().all("ENTRYPOINT")).allMatch(entry -> entry.matches(".*\"-Xmx\\d+m\".*"));
        assertThat(dockerfile("jvm").image().all("ENTRYPOINT"))
                .allMatch(entry -> entry.matches(".*\"-XX:MaxRAMPercentage=\\d+\".*"));
    }

    @Test
    void the_native_image_runs_no_command() {
        // Then: there is no shell to run it.
        assertThat(dockerfile("native").image().all("RUN")).isEmpty();
    }

    @Test
    void the_cache_is_made_by_the_jvm_that_uses_it() {
        // Given
        var jvm = dockerfile("jvm");

        // Then
        assertThat(jvm.all("FROM").map(base -> base.split(" ")[0]).distinct()).hasSize(1);
        assertThat(jvm.all("RUN")).anyMatch(run -> run.contains("-XX:AOTCacheOutput=/cache/app.aot"));
        assertThat(jvm.image().all("COPY")).contains("--from=training --chown=0:0 /cache/app.aot /deployments/app.aot");
        assertThat(jvm.image().all("ENTRYPOINT")).allMatch(entry -> entry.contains("-XX:AOTCache=/deployments/app.aot"));
    }

    @Test
    void a_broken_dockerfile_would_be_noticed() {
        // Given
        var broken = Dockerfile.parse("""
                FROM base AS one
                # a comment
                RUN apt-get update \\
                    && apt-get install x
                FROM other
                USER root""");

        // Then
        assertThat(broken.all("RUN")).containsExactly("apt-get update && apt-get install x");
        assertThat(broken.image().all("USER")).containsExactly("root");
    }

    private static Dockerfile dockerfile(String kind) {
        return Dockerfile.parse(Project.read("deployment/docker/Dockerfile." + kind));
    }
}
