package org.openedx.aggregator.course;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Packs a course export, file by file. */
final class Export {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    private Export() throws IOException {
        tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    static Export empty() {
        try {
            return new Export();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the course {@link Keys#COURSE}, whose sections are in the given elements. */
    static Export ofCourse(String children) {
        return empty()
                .file("course/course.xml", "<course url_name='2026' org='Org' course='Math'/>")
                .file("course/course/2026.xml", "<course display_name='Mathematics'>" + children + "<wiki slug='m'/></course>");
    }

    Export file(String name, String content) {
        return file(name, content.getBytes(UTF_8));
    }

    Export file(String name, byte[] content) {
        return entry(new TarArchiveEntry(name, true), content);
    }

    Export link(String name, String target, boolean symbolic) {
        var entry = new TarArchiveEntry(name, symbolic ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK);
        entry.setLinkName(target);
        return entry(entry, new byte[0]);
    }

    Export entry(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] pack() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
