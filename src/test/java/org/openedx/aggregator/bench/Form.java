package org.openedx.aggregator.bench;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.bench.Site.Completion;
import org.openedx.aggregator.bench.TrackingEvents.Fact;

/** How completions are told of. */
interface Form {

    /** A record that tells of a completion, a second newer than the one before. */
    ProducerRecord<byte[], byte[]> next(Completion completion);

    /** The fact of the record that {@link #next} has just made of a completion. */
    Fact fact(Completion completion);
}
