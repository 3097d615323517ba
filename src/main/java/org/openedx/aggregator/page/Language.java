package org.openedx.aggregator.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import jakarta.ws.rs.core.HttpHeaders;

import org.openedx.aggregator.api.task.StateText;

/**
 * What a reader reads.
 *
 * @param code of two letters
 */
public record Language(String code) {

    static Language of(HttpHeaders headers) {
        return new Language(StateText.language(headers.getAcceptableLanguages()));
    }

    /** As the attribute {@code dir} has it. */
    public String direction() {
        return code.equals("ar") ? "rtl" : "ltr";
    }

    Locale locale() {
        return Locale.forLanguageTag(code);
    }

    String state(String state) {
        return StateText.of(state, code);
    }

    // Nobody tells a server where the reader is; a script may know better.
    Moment moment(Instant time) {
        var text = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale())
                .withZone(ZoneOffset.UTC)
                .format(time);
        return new Moment(time.truncatedTo(ChronoUnit.SECONDS).toString(), text + " UTC");
    }
}
