package org.openedx.aggregator.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.openedx.aggregator.aggregation.LearnerProgress;

/** A spreadsheet; what does not fit into one sheet goes on in the next. */
final class XlsxFile implements ReportFile, Cells {

    /** As many rows has a sheet, that of the headings included. */
    static final int MOST_ROWS = 1_048_576;

    private static final int KEY_WIDTH = 28;
    private static final int LONGEST_TEXT = 32_767;

    private final Layout layout;
    private final int mostRows;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Workbook workbook = new Workbook(bytes, "Completion Aggregator", "1.0");
    private Worksheet sheet;
    private int sheets;
    private int row;
    private int cell;

    XlsxFile(Layout layout, int mostRows) {
        this.layout = layout;
        this.mostRows = mostRows;
    }

    @Override
    public byte[] begin() throws IOException {
        openSheet();
        return taken();
    }

    @Override
    public byte[] rows(List<LearnerProgress> learners) throws IOException {
        for (var learner : learners) {
            if (row == mostRows) {
                sheet.finish();
                openSheet();
            }
            layout.write(learner, this);
            endRow();
        }
        sheet.flush();
        return taken();
    }

    @Override
    public byte[] end() throws IOException {
        sheet.finish();
        workbook.finish();
        return taken();
    }

    private void openSheet() throws IOException {
        sheets++;
        sheet = workbook.newWorksheet(sheets == 1 ? "Completion" : "Completion " + sheets);
        row = 0;
        cell = 0;
        sheet.freezePane(0, 1);
        var headings = layout.headings();
        for (int column = 0; column < headings.size(); column++) {
            sheet.width(column, Math.min(KEY_WIDTH, headings.get(column).length() + 2));
        }
        headings.forEach(this::text);
        if (!headings.isEmpty()) {
            sheet.range(0, 0, 0, headings.size() - 1).style().bold().set();
        }
        endRow();
        sheet.flush();
    }

    private void endRow() {
        row++;
        cell = 0;
    }

    private byte[] taken() {
        var taken = bytes.toByteArray();
        bytes.reset();
        return taken;
    }

    // Within the row: a table of all different texts would have to stay in memory to the end.
    @Override
    public void text(String text) {
        sheet.inlineString(row, cell++, text.substring(0, Math.min(LONGEST_TEXT, text.length())));
    }

    @Override
    public void number(long number) {
        sheet.value(row, cell++, number);
    }

    @Override
    public void number(double number) {
        sheet.value(row, cell++, number);
    }

    @Override
    public void nothing() {
        cell++;
    }
}
