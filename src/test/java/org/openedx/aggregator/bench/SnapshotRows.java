package org.openedx.aggregator.bench;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.bench.Site.Completion;
import org.openedx.aggregator.bench.TrackingEvents.Fact;
import org.openedx.aggregator.support.Lms;

/** Rows of the LMS's completion table as Debezium's snapshot writes them: JSON without schema, keyed by the row's id. */
final class SnapshotRows implements Form {

    private static final String ROW = """
            {"before":null,"after":{"id":%1$d,"created":%2$d,"modified":%2$d,"course_key":"%3$s","block_key":"%4$s",\
            "block_type":"html","completion":1.0,"user_id":%5$d},"source":{"version":"3.0.0.Final","connector":"mysql",\
            "name":"lms","ts_ms":1777896000000,"snapshot":"true","db":"openedx","sequence":null,\
            "table":"completion_blockcompletion","server_id":0,"gtid":null,"file":"binlog.000007","pos":4711,"row":0,\
            "thread":null,"query":null},"transaction":null,"op":"r","ts_ms":1777896000350}""";

    private final Site site;
    private final Ticks ticks = new Ticks();
    private long row;

    SnapshotRows(Site site) {
        this.site = site;
    }

    @Override
    public ProducerRecord<byte[], byte[]> next(Completion completion) {
        ticks.next();
        row++;
        var value = ROW.formatted(row, ticks.micros(), Site.COURSE, site.leaf(completion.leaf()),
                Site.id(completion.learner()));
        return new ProducerRecord<>(Lms.CAPTURED_COMPLETIONS, bytes("{\"id\":" + row + "}"), bytes(value));
    }

    @Override
    public Fact fact(Completion completion) {
        return new Fact(Site.id(completion.learner()), ticks.micros());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
