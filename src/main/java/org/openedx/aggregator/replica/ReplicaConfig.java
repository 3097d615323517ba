package org.openedx.aggregator.replica;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a replica makes itself known to the others. */
@ConfigMapping(prefix = "aggregator.replica")
interface ReplicaConfig {

    /** What this replica is called; by default the name of the host, which in Kubernetes is that of the pod. */
    Optional<String> name();

    /** The version it runs. */
    @WithDefault("${quarkus.application.version:unknown}")
    String version();

    /** How often a replica says that it is alive; who is not heard of for a minute counts as gone. */
    @WithDefault("15s")
    String every();
}
