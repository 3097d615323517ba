package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

class LinkSignerTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ArtifactKey KEY = new ArtifactKey(
            "user_tasks/2026/11/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/a b.csv");
    private static final String IN_AN_HOUR = "1795266000";
    private static final ArtifactLink LINK = new ArtifactLink(KEY.value(), IN_AN_HOUR, "Größe.csv", "text/csv");
    private static final Settings SETTINGS = Settings.in(Path.of("anywhere"));

    @Test
    void a_link_says_what_is_loaded_until_when_and_under_which_name() {
        // When
        var link = signer(SETTINGS, NOON).link(KEY, "Größe.csv", "text/csv");

        // Then
        assertThat(link.toString()).startsWith("/api/tasks/v0/files/user_tasks/2026/11/21/"
                + "0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/a%20b.csv?expires=" + IN_AN_HOUR
                + "&name=Gr%C3%B6%C3%9Fe.csv&type=text%2Fcsv&signature=");
    }

    @Test
    void a_public_address_makes_links_absolute() {
        // When
        var link = signer(SETTINGS.withPublicUrl("https://aggregator.example.org"), NOON).link(KEY, "a.csv", "text/csv");

        // Then
        assertThat(link).hasScheme("https").hasHost("aggregator.example.org");
        assertThat(link.getPath()).startsWith("/api/tasks/v0/files/user_tasks/");
    }

    @Test
    void a_link_works_until_its_last_second() {
        // Given
        var signature = signature(signer(SETTINGS, NOON));

        // Then
        assertThatCode(() -> signer(SETTINGS, NOON.plus(Duration.ofMinutes(60)).minusMillis(1)).verify(LINK, signature))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> signer(SETTINGS, NOON.plus(Duration.ofMinutes(60))).verify(LINK, signature))
                .isInstanceOf(LinkRefusedException.class).hasMessageContaining("expired");
    }

    @Test
    void whoever_changes_a_word_is_refused() {
        // Given
        var signer = signer(SETTINGS, NOON);
        var signature = signature(signer);

        // Then
        assertForged(signer, new ArtifactLink(KEY.value() + "x", IN_AN_HOUR, "Größe.csv", "text/csv"), signature);
        assertForged(signer, new ArtifactLink(KEY.value(), "1795269600", "Größe.csv", "text/csv"), signature);
        assertForged(signer, new ArtifactLink(KEY.value(), IN_AN_HOUR, "virus.exe", "text/csv"), signature);
        assertForged(signer, new ArtifactLink(KEY.value(), IN_AN_HOUR, "Größe.csv", "text/html"), signature);
        assertForged(signer, new ArtifactLink(KEY.value(), "", "Größe.csv", "text/csv"), signature);
        assertForged(signer, LINK, "");
        assertForged(signer, LINK, signature.substring(1));
    }

    @Test
    void a_new_secret_signs_and_an_old_one_still_verifies() {
        // Given
        var before = signer(SETTINGS.withSecrets(Settings.OLD_SECRET), NOON);
        var between = signer(SETTINGS.withSecrets(Settings.SECRET, Settings.OLD_SECRET), NOON);
        var after = signer(SETTINGS.withSecrets(Settings.SECRET), NOON);

        // Then
        assertThatCode(() -> between.verify(LINK, signature(before))).doesNotThrowAnyException();
        assertThatCode(() -> after.verify(LINK, signature(between))).doesNotThrowAnyException();
        assertForged(after, LINK, signature(before));
    }

    @Test
    void without_a_secret_no_link_is_made_and_none_believed() {
        // Given
        var signer = signer(SETTINGS.withSecrets(), NOON);

        // Then
        assertThatThrownBy(signer::requireSecret).hasMessageContaining("aggregator.artifact.link-secrets");
        assertForged(signer, LINK, signature(signer(SETTINGS, NOON)));
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> signer(SETTINGS.withSecrets("secret"), NOON)).hasMessageContaining("32");
    }

    private static void assertForged(LinkSigner signer, ArtifactLink link, String signature) {
        assertThatThrownBy(() -> signer.verify(link, signature))
                .isInstanceOf(LinkRefusedException.class).hasMessageContaining("not valid");
    }

    private static String signature(LinkSigner signer) {
        return signatureOf(signer.link(KEY, "Größe.csv", "text/csv"));
    }

    private static String signatureOf(URI link) {
        return link.getQuery().substring(link.getQuery().indexOf("&signature=") + "&signature=".length());
    }

    private static LinkSigner signer(Settings settings, Instant now) {
        return new LinkSigner(settings, Clock.fixed(now, ZoneOffset.UTC));
    }
}
