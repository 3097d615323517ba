package org.openedx.aggregator.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** One file on its way into a bucket, a part at a time; a file that fits into one part goes in one request. */
final class S3Upload {

    /** Parts but the last have this size, 10,000 of them at most: the longest file has 78 GiB. */
    static final int PART = 8 * 1024 * 1024;

    private final S3Calls calls;
    private final String bucket;
    private final String key;
    private final List<CompletedPart> parts = new ArrayList<>();
    // A request that was sent cannot be taken back: before an upload is given up, its last one is waited for.
    private volatile CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
    private volatile boolean givenUp;
    private volatile String uploadId;
    private boolean whole;
    private long size;

    S3Upload(S3Calls calls, String bucket, String key) {
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
    }

    /** The next part, which is the last one if it is smaller than the others. */
    Uni<Void> take(Buffer part) {
        size += part.length();
        return uploadId == null && part.length() < PART
                ? put(part)
                : started().chain(() -> upload(part)).invoke(this::keep).replaceWithVoid();
    }

    /** Makes it a file; its size. */
    Uni<Long> finish() {
        if (uploadId != null) {
            return complete().replaceWith(size);
        }
        return whole ? Uni.createFrom().item(size) : put(Buffer.buffer()).replaceWith(size);
    }

    /** Gives up what was uploaded, as well as it goes. */
    Uni<Void> abort() {
        givenUp = true;
        return Uni.createFrom().completionStage(() -> underWay.copy())
                .chain(() -> uploadId == null ? Uni.createFrom().voidItem() : removeParts());
    }

    private Uni<Void> removeParts() {
        var request = AbortMultipartUploadRequest.builder().bucket(bucket).key(key).uploadId(uploadId).build();
        return calls.call(client -> client.abortMultipartUpload(request))
                .onFailure().invoke(failure -> Log.warnf("Parts of %s stay behind: %s", key, failure.getMessage()))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> put(Buffer content) {
        whole = true;
        var request = PutObjectRequest.builder().bucket(bucket).key(key).build();
        return calls.call(client -> client.putObject(request, bodyOf(content))).replaceWithVoid();
    }

    private Uni<Void> started() {
        if (uploadId != null) {
            return Uni.createFrom().voidItem();
        }
        var request = CreateMultipartUploadRequest.builder().bucket(bucket).key(key).build();
        return send(client -> client.createMultipartUpload(request).thenAccept(this::begin));
    }

    private void begin(CreateMultipartUploadResponse answer) {
        uploadId = answer.uploadId();
    }

    private <T> Uni<T> send(Function<S3AsyncClient, CompletableFuture<T>> request) {
        var end = new CompletableFuture<Void>();
        underWay = end;
        return calls.call(client -> start(request, client, end));
    }

    private <T> CompletableFuture<T> start(Function<S3AsyncClient, CompletableFuture<T>> request, S3AsyncClient client,
            CompletableFuture<Void> end) {
        try {
            if (givenUp) {
                throw new CancellationException();
            }
            var answer = request.apply(client);
            answer.whenComplete((something, failure) -> end.complete(null));
            return answer.copy();
        } catch (RuntimeException e) {
            end.complete(null);
            throw e;
        }
    }

    private Uni<UploadPartResponse> upload(Buffer part) {
        var request = UploadPartRequest.builder()
                .bucket(bucket).key(key).uploadId(uploadId).partNumber(parts.size() + 1)
                .build();
        return send(client -> client.uploadPart(request, bodyOf(part)));
    }

    private void keep(UploadPartResponse answer) {
        parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(answer.eTag()).build());
    }

    private Uni<Void> complete() {
        var request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket).key(key).uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(parts))
                .build();
        return calls.call(client -> client.completeMultipartUpload(request)).replaceWithVoid();
    }

    // Nobody changes the bytes any more, so that they need no copy.
    private static AsyncRequestBody bodyOf(Buffer content) {
        return AsyncRequestBody.fromBytesUnsafe(content.getBytes());
    }
}
