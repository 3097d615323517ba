package org.openedx.aggregator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TutorPluginTest {

    /** Those of Tutor, of its catalogue of patches. */
    private static final Set<String> PATCHES_OF_TUTOR = Set.of("openedx-common-settings", "local-docker-compose-services",
            "caddyfile-lms", "k8s-deployments", "k8s-services", "k8s-volumes");

    /** Variables that Tutor itself has. */
    private static final Set<String> SETTINGS_OF_TUTOR = Set.of("DOCKER_IMAGE_PERMISSIONS", "ENABLE_HTTPS",
            "JWT_COMMON_AUDIENCE",
            "JWT_COMMON_ISSUER", "JWT_RSA_PRIVATE_KEY", "LMS_HOST", "MFE_HOST", "MYSQL_HOST", "MYSQL_PORT",
            "MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_USERNAME", "RUN_MYSQL");

    private static final Pattern EXPRESSION = Pattern.compile("\\{[{%](.*?)[}%]}");
    private static final Pattern SETTING = Pattern.compile("\\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\\b");
    private static final Pattern OWN_SETTING = Pattern.compile("\\(\"(COMPLETION_AGGREGATOR_[A-Z0-9_]+)\"");

    @Test
    void the_plugin_compiles(@TempDir Path directory) throws Exception {
        // Given
        var builder = new ProcessBuilder("python3", "-m", "py_compile", TutorPlugin.FILE.toString()).inheritIO();
        builder.environment().put("PYTHONPYCACHEPREFIX", directory.toString());

        // When
        var process = start(builder);

        // Then
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** With a stand-in for Tutor, the plugin registers what its files say. */
    @Test
    void the_plugin_registers_its_patches_and_tasks(@TempDir Path directory) throws Exception {
        // Given
        var output = directory.resolve("output");
        var builder = new ProcessBuilder("python3", "-c", """
                import importlib.util, sys, types
                seen = []
                class Filter:
                    def __init__(self, name): self.name = name
                    def add_item(self, item): seen.append((self.name, item[0]))
                    def add_items(self, items): [self.add_item(item) for item in items]
                class Filters:
                    def __getattr__(self, name): return Filter(name)
                hooks = types.SimpleNamespace(Filters=Filters())
                sys.modules["tutor"] = types.SimpleNamespace(hooks=hooks)
                sys.dont_write_bytecode = True
                spec = importlib.util.spec_from_file_location("plugin", sys.argv[1])
                spec.loader.exec_module(importlib.util.module_from_spec(spec))
                for name, item in seen: print(name, item)
                """, TutorPlugin.FILE.toString()).redirectOutput(output.toFile());

        // When
        var process = start(builder);

        // Then
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Project.read(output).lines())
                .containsAll(PATCHES_OF_TUTOR.stream().map(patch -> "ENV_PATCHES " + patch).toList())
                .contains("CLI_DO_INIT_TASKS mysql", "CLI_DO_INIT_TASKS lms",
                        "CONFIG_UNIQUE COMPLETION_AGGREGATOR_LINK_SECRET");
    }

    @Test
    void every_patch_is_one_that_tutor_has() {
        // When
        var patches = Project.files(TutorPlugin.FILES.resolve("patches").toString()).stream()
                .map(file -> file.getFileName().toString());

        // Then
        assertThat(patches).containsExactlyInAnyOrderElementsOf(PATCHES_OF_TUTOR);
    }

    @Test
    void templates_use_settings_that_the_plugin_or_tutor_has() {
        // Given
        var known = OWN_SETTING.matcher(Project.read(TutorPlugin.FILE)).results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(SETTINGS_OF_TUTOR);

        // When
        var used = Project.files("deployment/tutor").stream()
                .filter(file -> !file.toString().endsWith(".md"))
                .flatMap(file -> EXPRESSION.matcher(Project.read(file)).results())
                .flatMap(expression -> SETTING.matcher(expression.group(1)).results())
                .map(MatchResult::group);

        // Then
        assertThat(used).isNotEmpty().allMatch(known::contains);
    }

    @Test
    void composed_services_are_yaml() {
        // When
        var services = Manifest.parse(TutorPlugin.rendered("local-docker-compose-services")).get(0);

        // Then
        assertThat(services.text("completion-aggregator", "image")).isEqualTo("completion-aggregator:0.1.0");
        assertThat(services.text("completion-aggregator", "environment", "KAFKA_BOOTSTRAP_SERVERS")).isEqualTo("kafka:9092");
        assertThat(services.fields()).containsKey("completion-aggregator-permissions");
    }

    @Test
    void both_ways_of_tutor_set_the_same() {
        // Given
        var composed = Manifest.map(Manifest.parse(TutorPlugin.rendered("local-docker-compose-services")).get(0)
                .at("completion-aggregator", "environment"));

        // When
        var environment = TutorPlugin.kubernetes().get(0).containers().findFirst().orElseThrow().get("env");

        // Then
        assertThat(Manifest.list(environment).stream().map(Manifest::map)
                .collect(Collectors.toMap(variable -> variable.get("name").toString(), variable -> variable.get("value"))))
                .isEqualTo(composed);
    }

    @Test
    void caddy_leads_the_paths_of_the_ingress_to_the_service() {
        // Then
        assertThat(TutorPlugin.patch("caddyfile-lms"))
                .contains("handle /completion-aggregator/*", "handle /api/tasks/*", "handle /tasks/*", "handle /tasks {",
                        "handle /tasks-assets/*", "flush_interval -1");
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            return Assumptions.abort("There is no python3 here");
        }
    }
}
