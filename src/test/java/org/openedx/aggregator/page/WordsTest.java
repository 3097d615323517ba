package org.openedx.aggregator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.qute.i18n.Message;

class WordsTest {

    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

    @ParameterizedTest
    @ValueSource(strings = { "es", "fr", "ar" })
    void every_language_says_everything(String language) throws IOException {
        // Given
        var texts = new Properties();
        try (var file = Words.class.getResourceAsStream("/messages/page_" + language + ".properties")) {
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }

        // When
        var expected = Arrays.stream(Words.class.getMethods())
                .collect(Collectors.toMap(method -> method.getName(),
                        method -> parameters(method.getAnnotation(Message.class).value())));
        var found = texts.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, key -> parameters(texts.getProperty(key))));

        // Then
        assertThat(found).isEqualTo(expected);
        assertThat(texts.values()).noneMatch(text -> text.toString().isBlank());
    }

    private static Set<String> parameters(String text) {
        return PARAMETER.matcher(text).results().map(result -> result.group()).collect(Collectors.toSet());
    }
}
