package org.openedx.aggregator.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of file a report is. */
public enum Format {

    /** RFC 4180, in UTF-8. */
    CSV("text/csv; charset=utf-8; header=present"),

    /** A JSON object for each learner, a line each. */
    JSONL("application/x-ndjson"),

    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of a name, which is the extension of the file. */
    public static Optional<Format> named(String name) {
        return Arrays.stream(values()).filter(format -> format.text().equals(name)).findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String mediaType() {
        return mediaType;
    }

    ReportFile file(Layout layout, boolean byteOrderMark) {
        return switch (this) {
            case CSV -> new CsvFile(layout, byteOrderMark);
            case JSONL -> new JsonLinesFile(layout);
            case XLSX -> new XlsxFile(layout, XlsxFile.MOST_ROWS);
        };
    }
}
