package org.openedx.aggregator.lms;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;

import io.smallrye.mutiny.Uni;

/** Asks the LMS's outline API which version of a course is published: a cheap question, where the LMS has that API. */
@ApplicationScoped
class CourseOutlineClient {

    // Who reads only the top must not close the stream: the rest of the answer would be an error.
    private static final JsonFactory JSON = JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();
    private static final String PATH = "/api/learning_sequences/v1/course_outline/%s";
    private static final int LONGEST = 255;

    private final LmsApi lms;

    CourseOutlineClient(LmsApi lms) {
        this.lms = lms;
    }

    /**
     * The LMS's name for the published version; empty where it has none to tell.
     *
     * @throws LmsException (as failure) only if the LMS is in trouble
     */
    Uni<Optional<String>> publishedVersion(CourseKey course) {
        return lms.get(PATH.formatted(LmsUrl.encoded(course)), CourseOutlineClient::read)
                .onFailure(failure -> failure instanceof LmsException trouble && !trouble.isPassing())
                .recoverWithItem(Optional.empty());
    }

    // An outline may be long; what is asked for is at its top.
    private static Optional<String> read(InputStream body) throws IOException {
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (var field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                var value = parser.nextToken();
                if (field.equals("published_version") && value == JsonToken.VALUE_STRING) {
                    return Optional.of(parser.getText()).filter(text -> text.length() <= LONGEST);
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JsonEOFException e) {
            throw e;
        } catch (JsonParseException e) {
            // A page of a proxy, say: there is no outline to be had.
            return Optional.empty();
        }
    }
}
