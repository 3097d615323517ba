package org.openedx.aggregator.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;

import org.junit.jupiter.api.Test;

class DatabaseAddressTest {

    @Test
    void a_url_gives_place_and_login() {
        // When
        var address = DatabaseAddress.of(URI.create("mysql://alice:p%40ss@db.example.org:3307/progress"));

        // Then
        assertThat(address).isEqualTo(new DatabaseAddress("mysql://db.example.org:3307/progress", "alice", "p@ss"));
    }

    @Test
    void the_port_may_be_left_out() {
        // When
        var address = DatabaseAddress.of(URI.create("mysql://alice:secret@localhost/progress"));

        // Then
        assertThat(address.url()).isEqualTo("mysql://localhost:3306/progress");
    }

    @Test
    void a_url_without_login_is_refused_without_telling_it() {
        // When
        var refusal = assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseAddress.of(URI.create("mysql://secret@localhost/progress")));

        // Then
        refusal.withMessageContaining("localhost").withMessageNotContaining("secret");
    }
}
