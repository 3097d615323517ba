package org.openedx.aggregator.artifact;

import java.util.ArrayList;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;

/**
 * Cuts content anew, into pieces of one size and a last one that may be shorter: neither a line at a time nor more at once
 * than memory has room for. Asks for more only when a piece was taken.
 */
final class Pieces {

    private final int size;
    private Buffer open = Buffer.buffer();

    private Pieces(int size) {
        this.size = size;
    }

    /** No content makes no piece. */
    static Multi<Buffer> of(Multi<Buffer> content, int size) {
        return Multi.createFrom().deferred(() -> new Pieces(size).cut(content));
    }

    private Multi<Buffer> cut(Multi<Buffer> content) {
        var full = content.onItem().transformToMultiAndConcatenate(next -> Multi.createFrom().iterable(fullOnes(next)));
        var rest = Multi.createFrom().deferred(this::rest);
        return Multi.createBy().concatenating().streams(full, rest);
    }

    private List<Buffer> fullOnes(Buffer next) {
        var full = new ArrayList<Buffer>();
        int from = 0;
        while (next.length() - from >= size - open.length()) {
            int to = from + size - open.length();
            full.add(open.appendBuffer(next, from, to - from));
            open = Buffer.buffer();
            from = to;
        }
        open.appendBuffer(next, from, next.length() - from);
        return full;
    }

    private Multi<Buffer> rest() {
        return open.length() == 0 ? Multi.createFrom().empty() : Multi.createFrom().item(open);
    }
}
