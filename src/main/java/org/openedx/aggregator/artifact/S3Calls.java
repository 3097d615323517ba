package org.openedx.aggregator.artifact;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Talks to the store: neither looks for credentials on an event loop nor leaves its caller on a thread of the client. */
final class S3Calls implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String name;
    private final S3AsyncClient client;
    private final S3Presigner presigner;

    S3Calls(Vertx vertx, S3Config config) {
        this.vertx = vertx;
        this.name = config.bucket().orElseThrow() + config.endpoint().map(endpoint -> " at " + endpoint).orElse("");
        var credentials = credentials(config);
        this.client = client(config, credentials);
        this.presigner = presigner(config, credentials);
    }

    <T> Uni<T> call(Function<S3AsyncClient, CompletableFuture<T>> request) {
        var back = callersContext();
        return vertx.executeBlocking(() -> request.apply(client), false)
                .chain(answer -> Uni.createFrom().completionStage(answer))
                .onFailure(SdkException.class).transform(this::explained)
                .emitOn(back);
    }

    <T> Uni<T> presign(Function<S3Presigner, T> request) {
        return vertx.executeBlocking(() -> request.apply(presigner), false)
                .onFailure(SdkException.class).transform(this::explained);
    }

    private static Executor callersContext() {
        var context = io.vertx.core.Vertx.currentContext();
        return context == null ? Runnable::run : task -> run(context, task);
    }

    private static void run(Context context, Runnable task) {
        context.runOnContext(now -> task.run());
    }

    private ArtifactStoreException explained(Throwable failure) {
        return new ArtifactStoreException("Cannot use the S3 bucket " + name + ": " + failure.getMessage(), failure);
    }

    private static AwsCredentialsProvider credentials(S3Config config) {
        if (config.accessKeyId().isPresent() != config.secretAccessKey().isPresent()) {
            throw new IllegalStateException("aggregator.artifact.s3.access-key-id and .secret-access-key go together");
        }
        return config.accessKeyId().isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(config.accessKeyId().get(), config.secretAccessKey().get()));
    }

    private static S3AsyncClient client(S3Config config, AwsCredentialsProvider credentials) {
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .credentialsProvider(credentials)
                .region(Region.of(config.region()))
                .serviceConfiguration(style(config))
                // Stores that are not Amazon's may not know its newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(config.timeout()));
        config.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static S3Presigner presigner(S3Config config, AwsCredentialsProvider credentials) {
        var builder = S3Presigner.builder()
                .credentialsProvider(credentials)
                .region(Region.of(config.region()))
                .serviceConfiguration(style(config));
        config.publicEndpoint().or(config::endpoint).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static S3Configuration style(S3Config config) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(config.pathStyle())
                .chunkedEncodingEnabled(false)
                .build();
    }

    @Override
    public void close() {
        client.close();
        presigner.close();
    }
}
