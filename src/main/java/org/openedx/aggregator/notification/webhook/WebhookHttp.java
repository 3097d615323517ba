package org.openedx.aggregator.notification.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.NotificationConfig;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;

/**
 * One request to a receiver that anybody may have named. The address that was looked at is the one that is called, so a
 * name that resolves differently the second time gains nothing; redirects are not followed, and answers not read.
 */
@ApplicationScoped
class WebhookHttp {

    private final Vertx vertx;
    private final NotificationConfig.Webhook config;
    private final HttpClient client;

    WebhookHttp(Vertx vertx, NotificationConfig config) {
        this.vertx = vertx;
        this.config = config.webhook();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(config.parallelism())
                .setVerifyHost(true));
    }

    /** The status of the answer; fails with {@link WebhookRefusedException}. */
    Uni<Integer> post(URI url, SignedBody body) {
        return addressOf(url)
                .chain(address -> client.request(options(url, address)))
                .chain(request -> send(request, body))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure(failure -> !(failure instanceof WebhookRefusedException))
                .transform(failure -> unreachable(url, failure));
    }

    private Uni<InetAddress> addressOf(URI url) {
        return vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(WebhookUrl.host(url))), false)
                .onFailure(UnknownHostException.class)
                .transform(unknown -> new WebhookRefusedException("The receiver's name cannot be resolved."))
                .map(this::allowed);
    }

    // One that is not public among several is reason enough.
    private InetAddress allowed(List<InetAddress> addresses) {
        if (!config.allowPrivate() && !addresses.stream().allMatch(PublicAddress::is)) {
            throw new WebhookRefusedException("The receiver is not on the public Internet.");
        }
        return addresses.get(0);
    }

    private RequestOptions options(URI url, InetAddress address) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(WebhookUrl.port(url), address.getHostAddress()))
                .setHost(WebhookUrl.host(url))
                .setPort(WebhookUrl.port(url))
                .setSsl(WebhookUrl.isEncrypted(url))
                .setURI(WebhookUrl.path(url))
                .setFollowRedirects(false)
                .setConnectTimeout(config.timeout().toMillis());
    }

    private static Uni<Integer> send(HttpClientRequest request, SignedBody body) {
        request.putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "completion-aggregator")
                .putHeader("Webhook-Id", body.id())
                .putHeader("Webhook-Timestamp", Long.toString(body.timestamp()))
                .putHeader("Webhook-Signature", body.signature());
        return request.send(body.body())
                .map(WebhookHttp::status)
                .onTermination()
                .invoke(() -> request.getDelegate().reset());
    }

    // What else the receiver sends is cut off, and that this happens is not worth a word.
    private static int status(HttpClientResponse response) {
        response.getDelegate().exceptionHandler(cutOff -> Log.trace("An answer was cut off"));
        return response.statusCode();
    }

    private static WebhookRefusedException unreachable(URI url, Throwable failure) {
        Log.debugf(failure, "No answer from %s", url.getHost());
        return new WebhookRefusedException("The receiver cannot be reached or did not answer in time.");
    }
}
