package org.openedx.aggregator.api.completion;

import java.util.Optional;
import java.util.zip.CRC32C;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Answers that a polling client need not be sent again (RFC 9110, section 13). */
final class Conditional {

    private static final String PRIVATE = "private, no-cache";

    private Conditional() {
    }

    /** The body, or 304 if the client says that it has it. */
    static RestResponse<byte[]> json(byte[] body, Optional<String> ifNoneMatch) {
        var tag = tag(body);
        if (ifNoneMatch.isPresent() && matches(ifNoneMatch.get(), tag)) {
            return ResponseBuilder.<byte[]> create(Status.NOT_MODIFIED)
                    .tag(new EntityTag(tag))
                    .header(HttpHeaders.CACHE_CONTROL, PRIVATE)
                    .build();
        }
        return ResponseBuilder.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .tag(new EntityTag(tag))
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
