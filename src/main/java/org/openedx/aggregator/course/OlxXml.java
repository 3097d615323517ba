package org.openedx.aggregator.course;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.MissingResourceException;
import java.util.TreeMap;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads one XML file of an export; one instance reads one file. It follows no reference out of the file and expands none. */
final class OlxXml {
    /** Levels of elements in one file; those of problems go deepest, to some ten. */
    static final int MAX_NESTING = 150;

    private static final byte[] BYTE_ORDER_MARK = { (byte) 0xef, (byte) 0xbb, (byte) 0xbf };

    private final String file;
    private final XMLStreamReader xml;
    private final OlxBudget budget;
    private final Deque<OlxFrame> open = new ArrayDeque<>();

    private OlxXml(String file, XMLStreamReader xml, OlxBudget budget) {
        this.file = file;
        this.xml = xml;
        this.budget = budget;
    }

    /** The root element of a file. Of a block that is no container only the attributes matter: its content is not read. */
    static OlxElement read(String file, byte[] bytes, OlxBudget budget) {
        XMLStreamReader xml = null;
        try {
            xml = hardened().createXMLStreamReader(text(bytes));
            return new OlxXml(file, xml, budget).root();
        } catch (XMLStreamException | MissingResourceException e) {
            // The parser's message is left out: it may quote at length, and a native binary may have no text for it.
            throw new InvalidStructureException(file + " is not well-formed XML" + line(xml) + ".");
        }
    }

    private OlxElement root() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            refuseEntities();
        }
        var root = startElement();
        if (OlxElement.isContainer(xml.getLocalName())) {
            open.push(root);
            while (!open.isEmpty()) {
                readOn();
            }
        }
        return root.root();
    }

    private void readOn() throws XMLStreamException {
        switch (xml.next()) {
            case XMLStreamConstants.START_ELEMENT -> open.push(startElement());
            case XMLStreamConstants.END_ELEMENT -> endElement();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
            default -> refuseEntities();
        }
    }

    private OlxFrame startElement() {
        if (open.size() == MAX_NESTING) {
            throw new InvalidStructureException(file + " nests elements more than " + MAX_NESTING + " levels deep.");
        }
        var attributes = new TreeMap<String, String>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return new OlxFrame(xml.getLocalName(), xml.getNamespaceURI() != null, attributes);
    }

    private void endElement() {
        var ended = open.pop();
        if (!open.isEmpty() && open.peek().include(ended)) {
            budget.spendElement();
        }
    }

    private void text() {
        if (!xml.isWhiteSpace()) {
            open.element().text(xml.getText());
        }
    }

    private void refuseEntities() {
        var event = xml.getEventType();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new InvalidStructureException(file + " has a document type or an entity; an export has neither.");
        }
    }

    // The platform writes UTF-8. Left to find that out, the JDK's parser would report a wrong byte on the error output.
    private static Reader text(byte[] bytes) {
        var start = Arrays.mismatch(bytes, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        return new InputStreamReader(new ByteArrayInputStream(bytes, start, bytes.length - start), UTF_8.newDecoder());
    }

    private static String line(XMLStreamReader xml) {
        return xml == null ? "" : " at line " + xml.getLocation().getLineNumber();
    }

    // Made for each file: a shared one would be part of a native binary and hold on to the last file it read.
    private static XMLInputFactory hardened() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        // Depth is bounded here by MAX_NESTING; the parser's own bound differs from one Java to the next.
        factory.setProperty("jdk.xml.maxElementDepth", "0");
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
