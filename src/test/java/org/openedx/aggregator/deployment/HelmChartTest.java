package org.openedx.aggregator.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class HelmChartTest {

    @Test
    void helm_finds_no_fault() {
        // When
        var findings = HelmChart.lint();

        // Then
        assertThat(findings.isFailed()).as(findings.getMessages().toString()).isFalse();
    }

    @Test
    void a_site_gets_one_object_of_each_kind() {
        // When
        var manifests = HelmChart.render(Map.of());

        // Then
        assertThat(manifests).extracting(Manifest::kind).containsExactlyInAnyOrder("ConfigMap", "Deployment",
                "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy", "PodDisruptionBudget", "PrometheusRule",
                "Service",
                "ServiceAccount", "ServiceMonitor");
    }

    @Test
    void who_says_nothing_learns_what_is_needed() {
        // Given
        var template = HelmChart.helm().template().withName("completion-aggregator").withKubeVersion("v1.34.0");

        // When, Then
        assertThatThrownBy(template::call).hasMessageContaining("must be given: settings.");
    }

    @ParameterizedTest
    @CsvSource({ "image.tag, latest", "replicas, many", "image.repository, ''", "imag.tag, 1", "ingress.port, 1" })
    void values_that_make_no_sense_are_refused(String name, String value) {
        // When, Then
        assertThatThrownBy(() -> HelmChart.render(Map.of(name, value)))
                .hasMessageContaining(name.split("\\.")[0]);
    }

    @Test
    void another_image_is_another_job() {
        // When
        var one = job(Map.of("image.tag", "0.1.0"));
        var other = job(Map.of("image.tag", "0.1.1"));

        // Then
        assertThat(one.name()).isNotEqualTo(other.name());
        assertThat(one.name()).isEqualTo(job(Map.of("image.tag", "0.1.0")).name());
    }

    @Test
    void without_a_job_replicas_migrate_themselves() {
        // When
        var settings = HelmChart.render(Map.of("migration.enabled", false)).stream()
                .filter(manifest -> manifest.kind().equals("ConfigMap")).findFirst().orElseThrow();

        // Then
        assertThat(settings.text("data", "QUARKUS_FLYWAY_MIGRATE_AT_START")).isEqualTo("true");
    }

    @Test
    void alerts_are_those_of_kustomize() {
        // Given
        var alerts = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Project.read(HelmChart.DIRECTORY.resolve("files/alerts.yaml")));

        // When
        var expected = Manifest.parse(Project.read("deployment/kubernetes/production/alerts.yaml")).get(0);

        // Then
        assertThat(Manifest.map(alerts).get("groups")).isEqualTo(expected.at("spec", "groups"));
    }

    @Test
    void rendered_alerts_keep_their_own_templates() {
        // When
        var rule = HelmChart.render(Map.of()).stream()
                .filter(manifest -> manifest.kind().equals("PrometheusRule")).findFirst().orElseThrow();

        // Then
        assertThat(rule.at("spec", "groups"))
                .isEqualTo(Manifest.parse(Project.read("deployment/kubernetes/production/alerts.yaml")).get(0)
                        .at("spec", "groups"));
    }

    private static Manifest job(Map<String, ?> values) {
        return HelmChart.render(values).stream()
                .filter(manifest -> manifest.kind().equals("Job")).findFirst().orElseThrow();
    }
}
