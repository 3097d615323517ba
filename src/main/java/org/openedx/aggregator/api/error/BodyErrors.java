package org.openedx.aggregator.api.error;

import java.io.CharConversionException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** Bodies that are no JSON, or JSON of another shape; the answer names the field, never a class. */
class BodyErrors {

    private static final String NOT_JSON = "JSON parse error - ";
    private static final String WRONG_SHAPE = "Invalid data.";

    @ServerExceptionMapper
    RestResponse<?> onWrongType(MismatchedInputException exception) {
        return of(exception);
    }

    @ServerExceptionMapper
    RestResponse<ApiError> onWrongEncoding(CharConversionException exception) {
        return Refusal.of(Status.BAD_REQUEST, NOT_JSON + "not UTF-8");
    }

    static RestResponse<?> of(JacksonException exception) {
        if (exception instanceof StreamReadException broken) {
            return Refusal.of(Status.BAD_REQUEST, NOT_JSON + broken.getOriginalMessage() + positionOf(broken));
        }
        if (exception.getCause() instanceof StreamReadException broken) {
            return of(broken);
        }
        return exception instanceof JsonMappingException mismatch ? ofField(mismatch)
                : Refusal.of(Status.BAD_REQUEST, WRONG_SHAPE);
    }

    private static RestResponse<?> ofField(JsonMappingException mismatch) {
        var field = mismatch.getPath().stream()
                .map(BodyErrors::nameOf)
                .collect(Collectors.joining("."));
        return field.isEmpty()
                ? Refusal.of(Status.BAD_REQUEST, WRONG_SHAPE)
                : Refusal.ofFields(Map.of(field, List.of(messageOf(mismatch))));
    }

    private static String nameOf(JsonMappingException.Reference step) {
        return step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
    }

    private static String messageOf(JsonMappingException mismatch) {
        // A value type refused the text, with a message made for people.
        if (mismatch.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
            return refused.getMessage();
        }
        return mismatch instanceof MismatchedInputException typed ? messageFor(typed.getTargetType()) : "Invalid value.";
    }

    private static String messageFor(Class<?> wanted) {
        if (wanted == null) {
            return "Invalid value.";
        }
        if (Collection.class.isAssignableFrom(wanted)) {
            return "Expected a list of items.";
        }
        return switch (wanted.getSimpleName()) {
            case "boolean", "Boolean" -> "Must be a valid boolean.";
            case "int", "Integer", "long", "Long", "short", "Short" -> "A valid integer is required.";
            case "double", "Double", "float", "Float", "BigDecimal" -> "A valid number is required.";
            case "String" -> "Not a valid string.";
            case "UUID" -> "Must be a valid UUID.";
            default -> "Invalid value.";
        };
    }

    private static String positionOf(StreamReadException broken) {
        var at = broken.getLocation();
        return at == null ? "" : ": line " + at.getLineNr() + " column " + at.getColumnNr();
    }
}
