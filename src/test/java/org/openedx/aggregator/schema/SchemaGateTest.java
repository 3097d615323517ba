package org.openedx.aggregator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** A replica that starts before the migration job is done. */
class SchemaGateTest {

    @Test
    void a_migrated_schema_is_not_waited_for() throws InterruptedException {
        // Given
        var schema = new FakeSchema().lacking();

        // When
        gate(schema, Duration.ofHours(1)).awaitSchema();

        // Then
        assertThat(schema.looks).isEqualTo(1);
    }

    @Test
    void the_start_waits_until_nothing_is_lacking() throws InterruptedException {
        // Given
        var schema = new FakeSchema().lacking("V1", "V2").lacking("V2").lacking();

        // When
        gate(schema, Duration.ofMillis(5)).awaitSchema();

        // Then
        assertThat(schema.looks).isEqualTo(3);
    }

    @Test
    void a_start_that_waited_too_long_says_what_is_lacking() {
        // Given
        var schema = new FakeSchema().lacking("V2");

        // When, Then
        assertThatThrownBy(() -> gate(schema, Duration.ofMillis(1)).awaitSchema())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lacks V2");
        assertThat(schema.looks).isEqualTo(11);
    }

    @Test
    void a_database_that_does_not_answer_is_waited_for_as_well() {
        // Given
        var schema = new FakeSchema();

        // When, Then
        assertThatThrownBy(() -> gate(schema, Duration.ofMillis(1)).awaitSchema())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not answer");
        assertThat(schema.looks).isEqualTo(11);
    }

    private static SchemaGate gate(Schema schema, Duration every) {
        return new SchemaGate(schema, new SchemaConfig() {
            @Override
            public boolean migrateOnly() {
                return false;
            }

            @Override
            public Duration longestWait() {
                return every.multipliedBy(10);
            }

            @Override
            public Duration every() {
                return every;
            }
        });
    }
}
