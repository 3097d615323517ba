package org.openedx.aggregator.report;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.openedx.aggregator.aggregation.LearnerProgress;

/**
 * Comma-separated values as in RFC 4180, in UTF-8. A spreadsheet program would take a text that begins like a formula for
 * one, and its author for somebody to be trusted; so such a text begins with an apostrophe.
 */
final class CsvFile implements ReportFile, Cells {

    private static final String FORMULA_BEGINS_WITH = "=+-@\t\r\n";

    private final Layout layout;
    private final boolean byteOrderMark;
    private final StringBuilder text = new StringBuilder();
    private boolean inRow;

    CsvFile(Layout layout, boolean byteOrderMark) {
        this.layout = layout;
        this.byteOrderMark = byteOrderMark;
    }

    @Override
    public byte[] begin() {
        if (byteOrderMark) {
            text.append('\uFEFF');
        }
        layout.headings().forEach(this::text);
        endRow();
        return taken();
    }

    @Override
    public byte[] rows(List<LearnerProgress> learners) {
        for (var learner : learners) {
            layout.write(learner, this);
            endRow();
        }
        return taken();
    }

    @Override
    public byte[] end() {
        return taken();
    }

    @Override
    public void text(String value) {
        next();
        var safe = isLikeFormula(value) ? "'" + value : value;
        text.append(needsQuotes(safe) ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
    }

    @Override
    public void number(long number) {
        next();
        text.append(number);
    }

    @Override
    public void number(double number) {
        next();
        text.append(number);
    }

    @Override
    public void nothing() {
        next();
    }

    private void next() {
        if (inRow) {
            text.append(',');
        }
        inRow = true;
    }

    private void endRow() {
        text.append("\r\n");
        inRow = false;
    }

    private byte[] taken() {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        return bytes;
    }

    private static boolean isLikeFormula(String value) {
        return !value.isEmpty() && FORMULA_BEGINS_WITH.indexOf(value.charAt(0)) >= 0;
    }

    private static boolean needsQuotes(String value) {
        return value.chars().anyMatch(character -> character == ',' || character == '"' || character == '\r'
                || character == '\n');
    }
}
