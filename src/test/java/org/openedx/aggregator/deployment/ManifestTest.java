package org.openedx.aggregator.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What would be sent to Kubernetes, by each of the ways there. */
class ManifestTest {

    private static final String SERVICE = "completion-aggregator";

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(Named.of("single", Kustomization.render("deployment/kubernetes/single"))),
                Arguments.of(Named.of("production", Kustomization.render("deployment/kubernetes/production"))),
                Arguments.of(Named.of("tutor", TutorPlugin.kubernetes())),
                Arguments.of(Named.of("helm", helm(Map.of()))),
                Arguments.of(Named.of("helm, little of it", helm(Map.of("autoscaling.enabled", false, "ingress.enabled", false,
                        "migration.enabled", false, "networkPolicy.enabled", false, "monitoring.alerts", false,
                        "monitoring.serviceMonitor", false, "podDisruptionBudget.enabled", false,
                        "artifacts.existingClaim", "files")))),
                Arguments.of(Named.of("helm, much of it", helm(Map.of("imagePullSecrets[0]", "registry",
                        "nodeSelector.disk", "ssd", "podAnnotations.team", "completion", "monitoring.labels.release",
                        "prometheus",
                        "tolerations[0].operator", "Exists", "extraVolumes[0].name", "tls",
                        "extraVolumes[0].secret.secretName", "tls", "extraVolumeMounts[0].name", "tls",
                        "extraVolumeMounts[0].mountPath", "/etc/tls")))));
    }

    // Where Helm cannot be run there is nothing of it to look at.
    private static List<Manifest> helm(Map<String, ?> values) {
        return System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux")
                ? HelmChart.render(values)
                : List.of();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void every_object_is_one_of_its_kind(List<Manifest> manifests) {
        // When, Then
        manifests.forEach(StrictSchema::read);
    }

    @Test
    void a_field_that_does_not_exist_is_noticed() {
        // Given
        var service = Manifest.parse("""
                apiVersion: v1
                kind: Service
                metadata: {name: a}
                spec: {ports: [{port: 80, targetport: http}]}""").get(0);

        // When, Then
        assertThatThrownBy(() -> StrictSchema.read(service)).hasMessageContaining("targetport");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void no_object_is_there_twice(List<Manifest> manifests) {
        // Then
        assertThat(manifests.stream().map(Manifest::id)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void every_pod_keeps_to_the_restricted_profile(List<Manifest> manifests) {
        manifests.stream().flatMap(Manifest::pods).forEach(pod -> {
            assertThat(pod.at("spec", "automountServiceAccountToken")).isEqualTo(false);
            assertThat(pod.at("spec", "enableServiceLinks")).isEqualTo(false);
            assertThat(pod.at("spec", "securityContext", "runAsNonRoot")).isEqualTo(true);
            assertThat((Integer) pod.at("spec", "securityContext", "runAsUser")).isPositive();
            assertThat(pod.at("spec", "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
        });
        manifests.stream().flatMap(Manifest::containers).map(Manifest::new).forEach(container -> {
            assertThat(container.at("securityContext", "allowPrivilegeEscalation")).isEqualTo(false);
            assertThat(container.at("securityContext", "capabilities", "drop")).isEqualTo(List.of("ALL"));
            assertThat(container.at("resources", "limits", "memory")).isNotNull();
            assertThat(container.at("resources", "requests", "cpu")).isNotNull();
            assertThat(container.text("image")).matches(".+:[0-9][^:/]*");
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void the_service_writes_to_volumes_only(List<Manifest> manifests) {
        ours(manifests).forEach(container -> {
            assertThat(container.at("securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
            assertThat(container.at("volumeMounts", "tmp")).isNotNull();
            assertThat(container.text("volumeMounts", "artifacts", "mountPath")).isEqualTo("/artifacts");
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void every_mount_has_its_volume(List<Manifest> manifests) {
        manifests.stream().filter(manifest -> !manifest.kind().equals("StatefulSet")).flatMap(Manifest::pods).forEach(pod -> {
            var mounts = Manifest.list(pod.at("spec", "containers", 0, "volumeMounts")).stream()
                    .map(mount -> Manifest.map(mount).get("name"));
            assertThat(mounts).allMatch(name -> pod.at("spec", "volumes", name) != null);
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void probes_ask_the_health_endpoints(List<Manifest> manifests) {
        deployments(manifests).forEach(deployment -> {
            assertThat(probe(deployment, "startupProbe")).isEqualTo("/q/health/started");
            assertThat(probe(deployment, "livenessProbe")).isEqualTo("/q/health/live");
            assertThat(probe(deployment, "readinessProbe")).isEqualTo("/q/health/ready");
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_pod_that_waits_for_its_schema_is_not_killed_meanwhile(List<Manifest> manifests) {
        var wait = setting(manifests, "AGGREGATOR_SCHEMA_LONGEST_WAIT");
        deployments(manifests).map(deployment -> new Manifest(Manifest.map(container(deployment).at("startupProbe"))))
                .forEach(probe -> assertThat(
                        (Integer) probe.at("periodSeconds") * (Integer) probe.at("failureThreshold"))
                        .isGreaterThan((int) (wait == null ? Duration.ofMinutes(5) : duration(wait)).toSeconds()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_pod_may_end_in_peace(List<Manifest> manifests) {
        var timeout = setting(manifests, "QUARKUS_SHUTDOWN_TIMEOUT");
        deployments(manifests).forEach(deployment -> {
            var sleep = (Integer) container(deployment).at("lifecycle", "preStop", "sleep", "seconds");
            var needed = (sleep == null ? 0 : sleep) + (timeout == null ? 0 : duration(timeout).toSeconds());
            assertThat((Integer) deployment.at("spec", "template", "spec", "terminationGracePeriodSeconds"))
                    .isGreaterThanOrEqualTo((int) needed + 25);
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void selectors_find_the_pods(List<Manifest> manifests) {
        var labels = manifests.stream().flatMap(Manifest::pods)
                .map(pod -> Manifest.map(pod.at("metadata", "labels")).entrySet()).toList();
        selectors(manifests).forEach(selector -> assertThat(labels).anyMatch(of -> of.containsAll(selector.entrySet())));
        manifests.stream().filter(manifest -> manifest.at("spec", "selector", "matchLabels") != null)
                .flatMap(manifest -> manifest.pods().map(pod -> List.of(manifest, pod)))
                .forEach(both -> assertThat(Manifest.map(both.get(1).at("metadata", "labels")))
                        .containsAllEntriesOf(Manifest.map(both.get(0).at("spec", "selector", "matchLabels"))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void the_service_leads_to_replicas_and_not_to_the_migration(List<Manifest> manifests) {
        var job = manifests.stream().filter(manifest -> manifest.kind().equals("Job")).flatMap(Manifest::pods)
                .map(pod -> Manifest.map(pod.at("metadata", "labels"))).toList();
        manifests.stream().filter(manifest -> manifest.kind().equals("Service"))
                .forEach(service -> assertThat(job)
                        .noneMatch(of -> of.entrySet().containsAll(Manifest.map(service.at("spec", "selector")).entrySet())));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void what_is_referred_to_is_there(List<Manifest> manifests) {
        var ids = new HashSet<>(manifests.stream().map(Manifest::id).toList());
        ours(manifests).flatMap(container -> Manifest.list(container.at("envFrom")).stream()).map(Manifest::map)
                .map(Manifest::new).filter(source -> source.at("configMapRef") != null)
                .forEach(source -> assertThat(ids).contains("ConfigMap/" + source.text("configMapRef", "name")));
        manifests.stream().filter(manifest -> manifest.kind().equals("HorizontalPodAutoscaler"))
                .forEach(scaler -> assertThat(ids).contains("Deployment/" + scaler.text("spec", "scaleTargetRef", "name")));
    }

    @Test
    void the_ingress_leads_to_the_api_and_not_to_metrics() {
        // When
        var paths = Manifest.list(ingress("production").at("spec", "rules", 0, "http", "paths")).stream()
                .map(path -> Manifest.map(path).get("path"));

        // Then
        assertThat(paths).containsExactly("/completion-aggregator", "/api/tasks", "/tasks", "/tasks-assets");
    }

    @Test
    void the_ingress_passes_streams_on_as_they_come() {
        // Then
        assertThat(ingress("production").text("metadata", "annotations", "nginx.ingress.kubernetes.io/proxy-buffering"))
                .isEqualTo("off");
    }

    private static Manifest ingress(String overlay) {
        return Kustomization.render("deployment/kubernetes/" + overlay).stream()
                .filter(manifest -> manifest.kind().equals("Ingress")).findFirst().orElseThrow();
    }

    private static Stream<Map<String, Object>> selectors(List<Manifest> manifests) {
        return manifests.stream()
                .flatMap(manifest -> Stream.of(manifest.kind().equals("Service") ? manifest.at("spec", "selector") : null,
                        manifest.at("spec", "podSelector", "matchLabels"),
                        manifest.kind().equals("PodDisruptionBudget") ? manifest.at("spec", "selector", "matchLabels") : null))
                .filter(java.util.Objects::nonNull).map(Manifest::map);
    }

    private static Stream<Manifest> deployments(List<Manifest> manifests) {
        return manifests.stream().filter(manifest -> manifest.kind().equals("Deployment"));
    }

    private static Stream<Manifest> ours(List<Manifest> manifests) {
        return manifests.stream().flatMap(Manifest::containers)
                .filter(container -> SERVICE.equals(container.get("name"))).map(Manifest::new);
    }

    private static Manifest container(Manifest deployment) {
        return new Manifest(Manifest.map(deployment.at("spec", "template", "spec", "containers", 0)));
    }

    private static String probe(Manifest deployment, String name) {
        return container(deployment).text(name, "httpGet", "path");
    }

    private static String setting(List<Manifest> manifests, String name) {
        return manifests.stream().filter(manifest -> manifest.kind().equals("ConfigMap"))
                .map(manifest -> (String) manifest.at("data", name)).filter(java.util.Objects::nonNull).findFirst()
                .orElse(null);
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
