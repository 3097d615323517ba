package org.openedx.aggregator.api.task;

import java.util.Optional;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.openedx.aggregator.artifact.ArtifactFile;

/** A file, the part of it that was asked for, or that the client has it: as RFC 9110 wants it. */
final class FileAnswer {

    private final ArtifactFile file;
    private final HttpHeaders request;

    FileAnswer(ArtifactFile file, HttpHeaders request) {
        this.file = file;
        this.request = request;
    }

    RestResponse<PathPart> toGet() {
        if (isKnown()) {
            return described(Status.NOT_MODIFIED).build();
        }
        var part = requestedPart();
        var range = part.orElse(ByteRange.all(file.size()));
        var answer = described(part.isPresent() ? Status.PARTIAL_CONTENT : Status.OK);
        part.ifPresent(some -> answer.header("Content-Range", some.of(file.size())));
        return answer.entity(new PathPart(file.path(), range.first(), range.length())).build();
    }

    RestResponse<PathPart> toHead() {
        return isKnown()
                ? described(Status.NOT_MODIFIED).build()
                : described(Status.OK).header(HttpHeaders.CONTENT_LENGTH, file.size()).build();
    }

    private ResponseBuilder<PathPart> described(Status status) {
        return ResponseBuilder.<PathPart> create(status)
                .tag(new EntityTag(file.tag()))
                .header(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, file.disposition())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("Accept-Ranges", "bytes")
                // Whatever somebody got into a file must not act in the name of this host.
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private Optional<ByteRange> requestedPart() {
        // With If-Range, a part is of use only if the client has the other parts of the same file.
        return header("If-Range").map(this::isOurs).orElse(true)
                ? header("Range").flatMap(range -> ByteRange.of(range, file.size()))
                : Optional.empty();
    }

    private boolean isKnown() {
        return header(HttpHeaders.IF_NONE_MATCH).map(this::names).orElse(false);
    }

    private boolean names(String tags) {
        for (var tag : tags.split(",")) {
            if (tag.strip().equals("*") || isOurs(tag.replaceFirst("^\\s*W/", ""))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOurs(String tag) {
        return tag.strip().equals('"' + file.tag() + '"');
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaderString(name));
    }
}
