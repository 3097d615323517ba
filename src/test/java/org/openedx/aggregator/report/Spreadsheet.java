package org.openedx.aggregator.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.apache.commons.compress.archivers.zip.ZipFile;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads a spreadsheet as the standard has it (ECMA-376): texts as they are, numbers as they are written. */
public final class Spreadsheet {

    private Spreadsheet() {
    }

    /** The rows of each sheet by the sheet's name; a cell is known by its column. */
    public static Map<String, List<Map<String, String>>> read(byte[] file) {
        var parts = new LinkedHashMap<String, Document>();
        try (var zip = ZipFile.builder().setByteArray(file).get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                if (entry.getName().endsWith(".xml")) {
                    parts.put(entry.getName(),
                            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(zip.getInputStream(entry)));
                }
            }
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new AssertionError(e);
        }
        var sheets = new LinkedHashMap<String, List<Map<String, String>>>();
        var names = parts.get("xl/workbook.xml").getElementsByTagName("sheet");
        for (int number = 0; number < names.getLength(); number++) {
            sheets.put(((Element) names.item(number)).getAttribute("name"),
                    rows(parts.get("xl/worksheets/sheet" + (number + 1) + ".xml")));
        }
        return sheets;
    }

    private static List<Map<String, String>> rows(Document sheet) {
        var rows = new ArrayList<Map<String, String>>();
        for (var row : elements(sheet.getElementsByTagName("row"))) {
            var cells = new LinkedHashMap<String, String>();
            for (var cell : elements(row.getElementsByTagName("c"))) {
                if (cell.getElementsByTagName("f").getLength() > 0) {
                    throw new AssertionError("A formula");
                }
                cells.put(cell.getAttribute("r").replaceAll("\\d", ""), cell.getTextContent());
            }
            rows.add(cells);
        }
        return rows;
    }

    private static List<Element> elements(NodeList nodes) {
        var elements = new ArrayList<Element>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }
}
