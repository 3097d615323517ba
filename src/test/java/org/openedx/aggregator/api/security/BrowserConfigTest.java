package org.openedx.aggregator.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.ws.rs.core.NewCookie.SameSite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;

class BrowserConfigTest {

    @Test
    void without_a_setting_no_foreign_page_may_call_and_the_cookie_is_kept_close() {
        // When
        var config = config(Map.of());

        // Then
        assertThat(config.origins()).isEmpty();
        assertThat(config.cookieSecure()).isTrue();
        assertThat(config.cookieSameSite()).isEqualTo(SameSite.LAX);
    }

    @Test
    void origins_are_a_list() {
        // When
        var config = config(Map.of("aggregator.browser.origins", "https://apps.lms.example.org,http://localhost:1997"));

        // Then
        assertThat(config.origins()).hasValueSatisfying(origins -> assertThat(origins)
                .containsExactly("https://apps.lms.example.org", "http://localhost:1997"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "*", "/https://.*\\.example\\.org/", "https://*.example.org", "https://apps.lms.example.org/",
            "https://APPS.lms.example.org", "apps.lms.example.org", "null", "https://a.example.org,*" })
    void what_is_not_an_exact_origin_stops_the_start(String origins) {
        // Given
        var settings = Map.of("aggregator.browser.origins", origins);

        // Then
        assertThatThrownBy(() -> config(settings))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("must be an origin");
    }

    private static BrowserConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(BrowserConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withValidator(new ByBeanValidation())
                .build()
                .getConfigMapping(BrowserConfig.class);
    }

    private static class ByBeanValidation implements BeanValidationConfigValidator {

        private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

        @Override
        public Validator getValidator() {
            return validator;
        }
    }
}
