package org.openedx.aggregator.support;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

import org.openedx.aggregator.task.ArtifactStore;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;

/** Keeps files in memory. */
@Alternative
@ApplicationScoped
public class FakeArtifactStore implements ArtifactStore {

    public static final Map<String, String> FILES = new ConcurrentHashMap<>();

    @Override
    public Uni<Long> write(String key, Multi<Buffer> content) {
        return content.collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .invoke(all -> FILES.put(key, all.toString()))
                .map(all -> (long) all.length());
    }

    @Override
    public Uni<Void> delete(String key) {
        FILES.remove(key);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<URI> link(String key, String fileName, String mediaType) {
        return Uni.createFrom().item(URI.create("/files/" + key + "?name=" + fileName));
    }
}
