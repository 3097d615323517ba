package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactKeyTest {

    private static final String HOME = "user_tasks/2026/11/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/";

    @ParameterizedTest
    @ValueSource(strings = { "report.csv", "résumé final.csv", "..report", "تقرير.csv", "a" })
    void a_file_of_an_artifact_has_a_key(String name) {
        assertThat(new ArtifactKey(HOME + name).value()).isEqualTo(HOME + name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "..", ".", "../x", "a/b", "a\\b", "a\nb", "a\u0000b", "a\u0085b" })
    void nothing_leads_out_of_the_directory_of_the_artifact(String name) {
        assertThatThrownBy(() -> new ArtifactKey(HOME + name)).isInstanceOf(InvalidArtifactKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/etc/passwd", "user_tasks/report.csv",
            "user_tasks/2026/13/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/report.csv",
            "user_tasks/2026/11/../0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/report.csv",
            "user_tasks/2026/11/21/0F6F2F3C-6C6F-4A52-9D0E-0A9D2B7F5F11/report.csv",
            "/user_tasks/2026/11/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/report.csv" })
    void anything_else_is_no_key(String value) {
        assertThatThrownBy(() -> new ArtifactKey(value)).isInstanceOf(InvalidArtifactKeyException.class);
    }

    @Test
    void a_name_is_no_longer_than_file_systems_take() {
        // Given
        var longest = "é".repeat(127) + "x";

        // Then
        assertThat(new ArtifactKey(HOME + longest)).isNotNull();
        assertThatThrownBy(() -> new ArtifactKey(HOME + longest + "x")).isInstanceOf(InvalidArtifactKeyException.class);
    }
}
