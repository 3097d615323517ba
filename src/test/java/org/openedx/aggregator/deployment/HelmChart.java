package org.openedx.aggregator.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;

/** The chart as Helm itself sees it, whose library the tests bring for Linux on x86. */
final class HelmChart {

    static final Path DIRECTORY = Path.of("deployment/helm/completion-aggregator");

    /** What a site must say. */
    static final Map<String, String> SITE = Map.of(
            "settings.QUARKUS_DATASOURCE_REACTIVE_URL", "mysql://mysql.example.org:3306/completion",
            "settings.QUARKUS_DATASOURCE_JDBC_URL", "jdbc:mysql://mysql.example.org:3306/completion",
            "settings.KAFKA_BOOTSTRAP_SERVERS", "kafka.example.org:9092",
            "settings.AGGREGATOR_AUTH_ISSUERS", "https://lms.example.org/oauth2",
            "settings.AGGREGATOR_ARTIFACT_S3_BUCKET", "completion-aggregator");

    private HelmChart() {
    }

    static List<Manifest> render(Map<String, ?> values) {
        return Manifest.parse(template(values));
    }

    static String template(Map<String, ?> values) {
        var command = helm().template().withName("completion-aggregator").withNamespace("completion-aggregator")
                .withKubeVersion("v1.34.0");
        SITE.forEach(command::set);
        values.forEach(command::set);
        return command.call();
    }

    static LintResult lint() {
        return helm().lint().strict().call();
    }

    static Helm helm() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
                "Helm's library is here for Linux on x86 only");
        return new Helm(DIRECTORY);
    }
}
