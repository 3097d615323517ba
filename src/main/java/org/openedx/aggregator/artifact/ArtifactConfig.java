package org.openedx.aggregator.artifact;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the files of user tasks lie, and for how long links to them work. */
@ConfigMapping(prefix = "aggregator.artifact")
public interface ArtifactConfig {

    /** The directory of the files. All replicas must see the same one: a shared volume, or use S3. */
    @WithDefault("artifacts")
    Path directory();

    /** The bucket to use in place of the directory. */
    S3Config s3();

    /**
     * How long a link works from the moment it is shown; whoever has it in that time can load the file. With a bucket a
     * week at most, and no longer than temporary credentials of the service last.
     */
    @WithDefault("1h")
    Duration linkLife();

    /**
     * What links on our own host are signed with, 32 characters or more each, the same for all replicas. The first one
     * signs and all of them verify: put a new one first and drop the old one after {@link #linkLife()}. Without a bucket
     * the service does not start without it.
     */
    Optional<List<String>> linkSecrets();

    /** What links on our own host start with, as {@code https://aggregator.example.org}; else the host asked by the viewer. */
    Optional<URI> publicUrl();

    /** How often this replica looks for what is left of uploads that died with theirs; {@code off} for never. */
    @WithDefault("1h")
    String sweepEvery();

    /** How long nothing may have been written to an unfinished upload before it is taken for dead. */
    @WithDefault("6h")
    Duration leftoverAge();
}
