package org.openedx.aggregator.lease;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;

/** A name, and who holds it until when. */
@Entity
@Table(name = "lease")
class Lease extends PanacheEntityBase {

    @Id
    String name;
    String holder;
    Instant until;

    protected Lease() {
    }

    Lease(String name, String holder, Instant until) {
        this.name = name;
        this.holder = holder;
        this.until = until;
    }
}
