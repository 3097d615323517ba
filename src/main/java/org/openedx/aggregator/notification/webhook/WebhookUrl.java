package org.openedx.aggregator.notification.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The address of a receiver. Whether its host may be called is known only when its name is resolved. */
final class WebhookUrl {

    private static final int MAX_LENGTH = 2048;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private WebhookUrl() {
    }

    /** @throws InvalidWebhookException with what is wrong */
    static URI parsed(String text, boolean allowHttp) {
        var url = parsed(text);
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
            throw new InvalidWebhookException("The url must begin with https://");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new InvalidWebhookException("The url must have a host, and neither a user nor a fragment.");
        }
        return url;
    }

    static boolean isEncrypted(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }

    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isEncrypted(url) ? HTTPS : HTTP;
    }

    /** Without the brackets of an IPv6 address. */
    static String host(URI url) {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }

    static String path(URI url) {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static URI parsed(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            throw new InvalidWebhookException("Give a url of at most " + MAX_LENGTH + " characters.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidWebhookException("The url has half a character in it.");
        }
        try {
            return new URI(new URI(text).toASCIIString());
        } catch (URISyntaxException e) {
            throw new InvalidWebhookException("The url is not one.");
        }
    }
}
