package org.openedx.aggregator.api.completion;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Answers that a polling client need not be sent again (RFC 9110, section 13). */
public final class Conditional {

    private static final String PRIVATE = "private, no-cache";

    private Conditional() {
    }

    /** The body, or 304 if the client says that it has it. */
    static RestResponse<byte[]> json(byte[] body, Optional<String> ifNoneMatch) {
        return json(body, ifNoneMatch, Map.of());
    }

    /** The same with further headers, which come with 304, too. */
    static RestResponse<byte[]> json(byte[] body, Optional<String> ifNoneMatch, Map<String, String> headers) {
        return json(tag(body), () -> body, ifNoneMatch, headers);
    }

    /** The same for a body that need not be made to know its tag. */
    public static RestResponse<byte[]> json(String tag, Supplier<byte[]> body, Optional<String> ifNoneMatch,
            Map<String, String> headers) {
        if (ifNoneMatch.isPresent() && matches(ifNoneMatch.get(), tag)) {
            return with(ResponseBuilder.create(Status.NOT_MODIFIED), tag, headers);
        }
        return with(ResponseBuilder.ok(body.get(), MediaType.APPLICATION_JSON_TYPE), tag, headers);
    }

    private static RestResponse<byte[]> with(ResponseBuilder<byte[]> response, String tag, Map<String, String> headers) {
        headers.forEach(response::header);
        return response.tag(new EntityTag(tag))
                .header(HttpHeaders.CACHE_CONTROL, PRIVATE)
                .build();
    }

    private static boolean matches(String header, String tag) {
        if (header.strip().equals("*")) {
            return true;
        }
        for (var candidate : header.split(",")) {
            var opaque = candidate.strip();
            if (opaque.startsWith("W/")) {
                opaque = opaque.substring(2);
            }
            if (opaque.equals('"' + tag + '"')) {
                return true;
            }
        }
        return false;
    }

    // The length and two checksums over different halves: 96 bits that change with the body.
    private static String tag(byte[] body) {
        var checksum = new CRC32C();
        checksum.update(body);
        long whole = checksum.getValue();
        checksum.reset();
        checksum.update(body, body.length / 2, body.length - body.length / 2);
        return Long.toHexString(whole) + "-" + Long.toHexString(checksum.getValue()) + "-" + Integer.toHexString(body.length);
    }
}
