package org.openedx.aggregator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who deploys gives settings as environment variables; one that nobody reads is a mistake nobody tells of. */
class EnvironmentTest {

    private static final Pattern VARIABLE = Pattern.compile("\\b(?:QUARKUS|AGGREGATOR|KAFKA|MP)_[A-Z0-9_]+\\b");

    static Stream<Path> deployments() {
        return Stream.concat(Project.files("deployment").stream(), Stream.of(Path.of("src/docs/operate.md")))
                // The broker for trying out has settings of its own.
                .filter(file -> !file.endsWith("single/kafka.yaml"))
                .filter(file -> VARIABLE.matcher(Project.read(file)).find());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void every_variable_is_a_setting(Path file) {
        // When
        var variables = VARIABLE.matcher(Project.read(file)).results().map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(variables).allMatch(Settings::isSetting);
    }

    @ParameterizedTest
    @ValueSource(strings = { "AGGREGATOR_LMS_ULR", "QUARKUS_DATASOURCE_USER", "KAFKA_PORT", "AGGREGATOR" })
    void a_slip_of_the_pen_is_none(String variable) {
        // Then
        assertThat(Settings.isSetting(variable)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "AGGREGATOR_LMS_URL", "AGGREGATOR_ARTIFACT_S3_PATH_STYLE", "QUARKUS_DATASOURCE_REACTIVE_URL",
            "QUARKUS_TLS_KAFKA_TRUST_STORE_PEM_CERTS", "KAFKA_SASL_JAAS_CONFIG", "AGGREGATOR_TRACK_GROUPS_VERIFIED" })
    void what_the_service_reads_is_one(String variable) {
        // Then
        assertThat(Settings.isSetting(variable)).isTrue();
    }

    @Test
    void every_documented_setting_exists() {
        // When
        var settings = SettingsTable.rows().stream().map(SettingsTable.Row::name);

        // Then
        assertThat(settings).hasSizeGreaterThan(50).allMatch(name -> Settings.isSetting(Settings.variable(name)));
    }

    @Test
    void every_setting_of_ours_is_documented() {
        // Given
        var documented = SettingsTable.rows().stream().map(row -> Settings.variable(row.name())).collect(Collectors.toSet());

        // Then
        assertThat(Settings.ours()).filteredOn(name -> !name.endsWith("*") && !name.startsWith("aggregator.dev."))
                .allMatch(name -> documented.contains(Settings.variable(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "deployment/kubernetes", "deployment/helm" })
    void every_setting_without_a_default_is_offered(String directory) {
        // Given
        var text = Project.files(directory).stream().map(Project::read).collect(Collectors.joining("\n"));

        // When
        var offered = VARIABLE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());

        // Then
        assertThat(withoutDefault()).isNotEmpty().allMatch(offered::contains);
    }

    private static List<String> withoutDefault() {
        return SettingsTable.rows().stream()
                .filter(row -> List.of("–", "none").contains(row.standard()))
                .map(row -> Settings.variable(row.name()))
                .toList();
    }
}
