package org.openedx.aggregator.api.error;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Values outside their bounds, as messages per field. */
class ValidationErrors {

    private static final Set<ElementKind> NOT_NAMED_BY_CALLERS = EnumSet.of(
            ElementKind.METHOD, ElementKind.BEAN, ElementKind.CROSS_PARAMETER, ElementKind.CONTAINER_ELEMENT);

    private final UnexpectedErrors unexpected;

    ValidationErrors(UnexpectedErrors unexpected) {
        this.unexpected = unexpected;
    }

    @ServerExceptionMapper
    RestResponse<?> onViolation(ConstraintViolationException exception) {
        var violations = exception.getConstraintViolations();
        if (!violations.stream().allMatch(ValidationErrors::isOfRequest)) {
            return unexpected.onUnexpected(exception);
        }
        return Refusal.ofFields(violations.stream().collect(Collectors.groupingBy(
                ValidationErrors::fieldOf,
                TreeMap::new,
                Collectors.mapping(ConstraintViolation::getMessage, Collectors.toList()))));
    }

    // Elsewhere, as in a return value or an entity, an invalid value is our mistake.
    private static boolean isOfRequest(ConstraintViolation<?> violation) {
        var kinds = stepsOf(violation).stream().map(Path.Node::getKind).toList();
        return kinds.get(0) == ElementKind.METHOD && !kinds.contains(ElementKind.RETURN_VALUE);
    }

    // "mark.body.completion" is "completion" to the caller, "list.page" is "page".
    private static String fieldOf(ConstraintViolation<?> violation) {
        var named = stepsOf(violation).stream()
                .filter(step -> !NOT_NAMED_BY_CALLERS.contains(step.getKind()))
                .toList();
        return named.stream()
                .skip(named.size() > 1 ? 1 : 0)
                .map(Path.Node::getName)
                .collect(Collectors.joining("."));
    }

    private static List<Path.Node> stepsOf(ConstraintViolation<?> violation) {
        return StreamSupport.stream(violation.getPropertyPath().spliterator(), false).toList();
    }
}
