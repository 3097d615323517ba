package org.openedx.aggregator.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;

import org.openedx.aggregator.task.ArtifactStore;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.file.OpenOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.file.AsyncFile;
import io.vertx.mutiny.core.file.FileSystem;

/** Files in a directory. An upload is written beside them and moved to its key when it is complete and on the disk. */
@ApplicationScoped
@Typed(LocalStore.class)
class LocalStore implements ArtifactStore {

    private static final int PIECE = 256 * 1024;
    private static final OpenOptions NEW = new OpenOptions().setCreateNew(true).setWrite(true).setRead(false);
    private static final CopyOptions AT_ONCE = new CopyOptions().setAtomicMove(true);

    private final FileSystem files;
    private final LinkSigner signer;
    private final Path directory;
    private final Path uploads;

    LocalStore(Vertx vertx, LinkSigner signer, ArtifactConfig config) {
        this.files = vertx.fileSystem();
        this.signer = signer;
        this.directory = config.directory().toAbsolutePath();
        this.uploads = directory.resolve(".uploads");
    }

    @Override
    public Uni<Long> write(String key, Multi<Buffer> content) {
        return Uni.createFrom().item(() -> pathOf(key)).chain(path -> upload(path, content));
    }

    private Uni<Long> upload(Path path, Multi<Buffer> content) {
        var upload = uploads.resolve(UUID.randomUUID().toString());
        return make(uploads)
                .chain(() -> files.open(upload.toString(), NEW))
                .chain(file -> fill(file, content))
                .call(() -> make(path.getParent()))
                .call(() -> files.move(upload.toString(), path.toString(), AT_ONCE))
                .onFailure(LocalStore::isOfDisk).transform(this::explained)
                .onFailure().call(() -> remove(upload))
                .onCancellation().call(() -> remove(upload));
    }

    private static Uni<Long> fill(AsyncFile file, Multi<Buffer> content) {
        return Pieces.of(content, PIECE)
                .onItem().transformToUniAndConcatenate(piece -> file.write(piece).replaceWith(piece.length()))
                .collect().with(Collectors.summingLong(Integer::longValue))
                .call(() -> file.flush())
                .onTermination().call(() -> file.close());
    }

    @Override
    public Uni<Void> delete(String key) {
        return Uni.createFrom().item(() -> pathOf(key)).chain(this::deleteWithDirectory);
    }

    private Uni<Void> deleteWithDirectory(Path path) {
        // The directory is the artifact's own; were there another file in it, it would stay.
        return remove(path)
                .call(() -> files.delete(path.getParent().toString()).onFailure().recoverWithNull());
    }

    @Override
    public Uni<URI> link(String key, String fileName, String mediaType) {
        return Uni.createFrom().item(() -> signer.link(new ArtifactKey(key), fileName, mediaType));
    }

    /** The file of a key, or {@link ArtifactNotFoundException}. */
    Uni<StoredFile> find(String key) {
        var path = pathOf(key);
        return files.props(path.toString())
                .map(properties -> new StoredFile(path, properties.size(), properties.lastModifiedTime()))
                .onFailure(LocalStore::isMissing).transform(missing -> new ArtifactNotFoundException());
    }

    /** Removes unfinished uploads to which nothing has been written since; how many. */
    Uni<Integer> sweep(Instant before) {
        return unfinished()
                .onItem().transformToMulti(paths -> Multi.createFrom().iterable(paths))
                .onItem().transformToUniAndConcatenate(path -> sweep(Path.of(path), before))
                .collect().with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<List<String>> unfinished() {
        return files.exists(uploads.toString()).chain(this::listed);
    }

    private Uni<List<String>> listed(boolean any) {
        return any ? files.readDir(uploads.toString()) : Uni.createFrom().item(List.of());
    }

    private Uni<Integer> sweep(Path upload, Instant before) {
        return files.props(upload.toString())
                .map(properties -> properties.lastModifiedTime() < before.toEpochMilli())
                .chain(dead -> dead ? remove(upload).replaceWith(1) : Uni.createFrom().item(0))
                .onFailure(LocalStore::isMissing).recoverWithItem(0);
    }

    private Path pathOf(String key) {
        return directory.resolve(new ArtifactKey(key).value());
    }

    private Uni<Void> make(Path path) {
        return files.mkdirs(path.toString());
    }

    private Uni<Void> remove(Path path) {
        return files.delete(path.toString()).onFailure(LocalStore::isMissing).recoverWithNull();
    }

    private ArtifactStoreException explained(Throwable failure) {
        return new ArtifactStoreException(
                "Cannot write to the directory of artifacts " + directory + ": " + failure.getMessage(), failure);
    }

    private static boolean isOfDisk(Throwable failure) {
        return failure instanceof FileSystemException || failure instanceof IOException;
    }

    private static boolean isMissing(Throwable failure) {
        return failure.getCause() instanceof NoSuchFileException;
    }
}
