package org.openedx.aggregator.dev;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the embedded services and then the service: all that {@code ./mvnw quarkus:dev} needs is Java. */
@QuarkusMain(name = "dev")
public class DevMain {

    public static void main(String... arguments) {
        EmbeddedServices.start().properties().forEach(System::setProperty);
        Quarkus.run(arguments);
    }
}
