package org.openedx.aggregator.artifact;

import java.net.URI;
import java.time.Duration;

import org.openedx.aggregator.task.ArtifactStore;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/** Files in a bucket. A file is there when its last part is; links lead to the bucket and not through this service. */
final class S3Store implements ArtifactStore, AutoCloseable {

    private final S3Calls calls;
    private final String bucket;
    private final Duration linkLife;

    S3Store(Vertx vertx, ArtifactConfig config) {
        this.calls = new S3Calls(vertx, config.s3());
        this.bucket = config.s3().bucket().orElseThrow();
        this.linkLife = config.linkLife();
    }

    @Override
    public Uni<Long> write(String key, Multi<Buffer> content) {
        return Uni.createFrom().item(() -> new S3Upload(calls, bucket, new ArtifactKey(key).value()))
                .chain(upload -> upload(upload, content));
    }

    private static Uni<Long> upload(S3Upload upload, Multi<Buffer> content) {
        return Pieces.of(content, S3Upload.PART)
                .onItem().transformToUniAndConcatenate(upload::take)
                .onItem().ignoreAsUni()
                .chain(upload::finish)
                .onFailure().call(upload::abort)
                .onCancellation().call(upload::abort);
    }

    @Override
    public Uni<Void> delete(String key) {
        return Uni.createFrom().item(() -> deletionOf(new ArtifactKey(key)))
                .chain(this::delete)
                .replaceWithVoid();
    }

    @Override
    public Uni<URI> link(String key, String fileName, String mediaType) {
        return Uni.createFrom().item(() -> loadingOf(new ArtifactKey(key), fileName, mediaType))
                .chain(this::presign);
    }

    private DeleteObjectRequest deletionOf(ArtifactKey key) {
        return DeleteObjectRequest.builder().bucket(bucket).key(key.value()).build();
    }

    private GetObjectPresignRequest loadingOf(ArtifactKey key, String fileName, String mediaType) {
        var request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .responseContentDisposition(ContentDisposition.attachment(fileName))
                .responseContentType(mediaType)
                .build();
        return GetObjectPresignRequest.builder().signatureDuration(linkLife).getObjectRequest(request).build();
    }

    private Uni<DeleteObjectResponse> delete(DeleteObjectRequest request) {
        return calls.call(client -> client.deleteObject(request));
    }

    private Uni<URI> presign(GetObjectPresignRequest request) {
        return calls.presign(presigner -> addressOf(presigner, request));
    }

    private static URI addressOf(S3Presigner presigner, GetObjectPresignRequest request) {
        return URI.create(presigner.presignGetObject(request).url().toString());
    }

    @Override
    public void close() {
        calls.close();
    }
}
