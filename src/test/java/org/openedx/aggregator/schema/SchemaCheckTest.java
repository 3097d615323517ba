package org.openedx.aggregator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {

    @Test
    void a_replica_with_its_tables_is_ready() {
        // When
        var response = new SchemaCheck(new FakeSchema().lacking()).call();

        // Then
        assertThat(response.getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void a_replica_without_one_of_them_says_which() {
        // When
        var response = new SchemaCheck(new FakeSchema().lacking("V4", "V5")).call();

        // Then
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("missing", "V4, V5");
    }

    @Test
    void a_replica_without_a_database_is_not_ready() {
        // When
        var response = new SchemaCheck(new FakeSchema()).call();

        // Then
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    }
}
