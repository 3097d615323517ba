package org.openedx.aggregator.course;

import static org.openedx.aggregator.course.InvalidStructureException.quote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Reads the block definitions out of a {@code course.tar.gz}, in memory and in one pass; one instance reads one archive. */
final class OlxArchive {
    /** Folders of an export without published blocks. */
    private static final Set<String> IGNORED = Set.of("about", "assets", "drafts", "info", "policies", "static", "tabs");

    /** What may describe one file: its header, and the extended headers before it with its long name. */
    private static final long MAX_HEADER_BYTES = 1 << 18;

    private static final Set<Byte> PLAIN = Set.of(TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_DIR);

    private final OlxBudget budget;
    private final MeteredStream expanded;
    private final TarArchiveInputStream tar;
    private final Map<String, OlxElement> definitions = new HashMap<>();

    private OlxArchive(MeteredStream expanded, OlxBudget budget) {
        this.budget = budget;
        this.expanded = expanded;
        this.tar = new TarArchiveInputStream(expanded);
    }

    /** The root elements of the files that may define a block, by path, such as {@code course/vertical/intro.xml}. */
    static Map<String, OlxElement> read(byte[] archive, OlxBudget budget) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(archive));
                var expanded = budget.meter(gzip)) {
            var reader = new OlxArchive(expanded, budget);
            reader.readAll();
            return reader.definitions;
        } catch (IOException e) {
            throw new InvalidStructureException("The archive is not a complete .tar.gz file.");
        }
    }

    private void readAll() throws IOException {
        for (var entry = nextEntry(); entry != null; entry = nextEntry()) {
            budget.spendEntry();
            requireHarmless(entry);
            read(entry);
            drain(tar);
        }
        // The checksum that reveals a damaged archive comes last.
        drain(expanded);
    }

    private TarArchiveEntry nextEntry() throws IOException {
        expanded.allow(MAX_HEADER_BYTES);
        var entry = tar.getNextEntry();
        expanded.allowAll();
        return entry;
    }

    private void read(TarArchiveEntry entry) throws IOException {
        var path = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
        if (entry.isDirectory() || !mayDefineBlock(path)) {
            return;
        }
        budget.spendXml(path, entry.getSize());
        var bytes = tar.readNBytes((int) entry.getSize());
        if (definitions.put(path, OlxXml.read(path, bytes, budget)) != null) {
            throw new InvalidStructureException("The archive has two files named " + quote(path) + ".");
        }
    }

    private static boolean mayDefineBlock(String path) {
        var folders = path.split("/", 3);
        if (folders.length < 3) {
            return folders.length == 2 && folders[1].equals("course.xml");
        }
        // Files that start with "._" hold what macOS knows about the file of that name.
        return path.endsWith(".xml") && !IGNORED.contains(folders[1]) && !path.contains("/._");
    }

    private static void requireHarmless(TarArchiveEntry entry) {
        var name = entry.getName();
        if (!PLAIN.contains(entry.getLinkFlag()) || entry.isSparse()) {
            throw new InvalidStructureException("The archive has a link or a special file: " + quote(name) + ".");
        }
        if (name.startsWith("/") || name.contains("\\") || Arrays.asList(name.split("/")).contains("..")) {
            throw new InvalidStructureException("The archive has a file outside its folder: " + quote(name) + ".");
        }
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }
}
