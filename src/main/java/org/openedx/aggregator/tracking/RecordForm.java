package org.openedx.aggregator.tracking;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.smallrye.mutiny.Uni;

/** How an event is written into a record. */
interface RecordForm {

    /** Gets what is needed to write; fails while that cannot be had. */
    Uni<Void> prepare();

    ProducerRecord<byte[], byte[]> record(ProgressEvent event);
}
