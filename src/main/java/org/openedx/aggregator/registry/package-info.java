/**
 * The schema registry of the event bus, by the protocol of Confluent: which schema an id means, and which id a schema has
 * got. It knows neither events nor Avro. What leaves it is {@link org.openedx.aggregator.registry.SchemaRegistry}.
 */
package org.openedx.aggregator.registry;
