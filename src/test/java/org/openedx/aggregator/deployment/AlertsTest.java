package org.openedx.aggregator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What looks at metrics names those there are, and an alert tells what to do. */
class AlertsTest {

    private static final String GUIDE = "src/docs/operate.md";

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            max by (namespace) (a_b) > 300                                   ; a_b
            absent(up{job="x"} == 1)                                         ; up
            sum(rate(a_count{o="E"}[5m])) / sum without (pod) (b_count) > 0.1; a_count b_count
            increase(a_total{x=~"a.*b|c"}[15m]) and on (pod) up              ; a_total up
            topk(3, a:b) offset 5m                                           ; a:b""")
    void metrics_of_an_expression_are_found(String expression, String metrics) {
        // When
        var found = MetricNames.in(expression);

        // Then
        assertThat(found).containsExactlyInAnyOrder(metrics.split(" "));
    }

    @Test
    void alerts_look_at_metrics_that_exist() {
        // When
        var metrics = alerts().flatMap(alert -> MetricNames.in(alert.text("expr")).stream());

        // Then
        assertThat(metrics).isNotEmpty().allMatch(MetricNames.knownHereOrThere()::contains);
    }

    @Test
    void the_autoscaler_looks_at_a_metric_that_exists() {
        // Given
        var scaler = Kustomization.render("deployment/kubernetes/production").stream()
                .filter(manifest -> manifest.kind().equals("HorizontalPodAutoscaler")).findFirst().orElseThrow();

        // Then
        assertThat(MetricNames.known()).contains(scaler.text("spec", "metrics", 0, "external", "metric", "name"));
    }

    @Test
    void the_dashboard_shows_metrics_that_exist() throws JsonProcessingException {
        // Given
        var dashboard = new ObjectMapper().readTree(Project.read("deployment/grafana/completion-aggregator.json"));

        // When
        var metrics = dashboard.findValuesAsText("expr").stream().flatMap(expression -> MetricNames.in(expression).stream());

        // Then
        assertThat(metrics).isNotEmpty().allMatch(MetricNames.known()::contains);
    }

    @Test
    void panels_of_the_dashboard_do_not_lie_on_each_other() throws JsonProcessingException {
        // Given
        var taken = new ArrayList<String>();

        // When
        new ObjectMapper().readTree(Project.read("deployment/grafana/completion-aggregator.json")).get("panels")
                .forEach(panel -> cells(panel.get("gridPos"), taken));

        // Then
        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void every_alert_has_a_section_in_the_guide() {
        // Given
        var guide = Project.read(GUIDE);

        // Then
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(guide).contains("\n### " + alert.text("alert") + "\n");
            assertThat(alert.text("annotations", "runbook_url"))
                    .isEqualTo(GUIDE + "#" + alert.text("alert").toLowerCase(Locale.ROOT));
            assertThat(alert.text("annotations", "summary")).hasSizeGreaterThan(10);
            assertThat(alert.text("labels", "severity")).isIn("warning", "critical");
        });
    }

    @Test
    void the_readme_says_in_a_line_what_to_do_for_each_alert() {
        // When
        var rows = Project.read("README.md").lines().filter(line -> line.startsWith("| `Completion"))
                .map(line -> line.split("`")[1]);

        // Then
        assertThat(rows).containsExactlyElementsOf(alerts().map(alert -> alert.text("alert")).toList());
    }

    @Test
    void every_section_about_an_alert_has_its_alert() {
        // When
        var sections = Project.read(GUIDE).lines().filter(line -> line.startsWith("### ")).map(line -> line.substring(4));

        // Then
        assertThat(sections).containsExactlyInAnyOrderElementsOf(
                alerts().map(alert -> alert.text("alert")).toList());
    }

    private static Stream<Manifest> alerts() {
        var rule = Manifest.parse(Project.read("deployment/kubernetes/production/alerts.yaml")).get(0);
        return Manifest.list(rule.at("spec", "groups", 0, "rules")).stream().map(Manifest::map).map(Manifest::new);
    }

    private static void cells(JsonNode place, List<String> taken) {
        for (int x = 0; x < place.get("w").asInt(); x++) {
            for (int y = 0; y < place.get("h").asInt(); y++) {
                taken.add((place.get("x").asInt() + x) + "/" + (place.get("y").asInt() + y));
            }
        }
    }
}
