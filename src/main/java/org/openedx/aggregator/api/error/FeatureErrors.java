package org.openedx.aggregator.api.error;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.openedx.aggregator.aggregation.BlockNotFoundException;
import org.openedx.aggregator.aggregation.CourseNotFoundException;
import org.openedx.aggregator.aggregation.NotEnrolledException;
import org.openedx.aggregator.api.completion.InvalidKeyParameterException;
import org.openedx.aggregator.api.completion.InvalidParameterException;
import org.openedx.aggregator.api.completion.LearnerNotFoundException;
import org.openedx.aggregator.api.course.InvalidReaggregationException;
import org.openedx.aggregator.api.limit.TooManyRequestsException;
import org.openedx.aggregator.api.page.InvalidPageException;
import org.openedx.aggregator.api.task.RangeNotSatisfiableException;
import org.openedx.aggregator.artifact.ArtifactNotFoundException;
import org.openedx.aggregator.artifact.InvalidArtifactKeyException;
import org.openedx.aggregator.artifact.LinkRefusedException;
import org.openedx.aggregator.course.InvalidStructureException;
import org.openedx.aggregator.course.StructureTooLargeException;
import org.openedx.aggregator.key.InvalidKeyException;
import org.openedx.aggregator.lms.NoLmsException;
import org.openedx.aggregator.notification.DeliveryNotFoundException;
import org.openedx.aggregator.notification.mail.OptOutRefusedException;
import org.openedx.aggregator.notification.webhook.InvalidWebhookException;
import org.openedx.aggregator.notification.webhook.NoWebhooksException;
import org.openedx.aggregator.notification.webhook.WebhookNotFoundException;
import org.openedx.aggregator.report.InvalidReportException;
import org.openedx.aggregator.task.InvalidGrantException;
import org.openedx.aggregator.task.TaskForbiddenException;
import org.openedx.aggregator.task.TaskNotFoundException;
import org.openedx.aggregator.task.TooManyStreamsException;

/**
 * What the exceptions of the features mean to a caller: add the class to the list of its meaning. The message of a
 * feature's exception is what the caller reads.
 */
class FeatureErrors {

    @ServerExceptionMapper({ NotFoundException.class, BlockNotFoundException.class, CourseNotFoundException.class,
            InvalidKeyParameterException.class, InvalidPageException.class, LearnerNotFoundException.class,
            NotEnrolledException.class, TaskNotFoundException.class, ArtifactNotFoundException.class,
            InvalidArtifactKeyException.class, DeliveryNotFoundException.class, WebhookNotFoundException.class })
    RestResponse<ApiError> notFound(RuntimeException exception) {
        return Refusal.of(Status.NOT_FOUND, detailOf(exception));
    }

    @ServerExceptionMapper({ InvalidKeyException.class, InvalidParameterException.class, InvalidReaggregationException.class,
            InvalidStructureException.class, InvalidWebhookException.class, InvalidGrantException.class })
    RestResponse<ApiError> badRequest(RuntimeException exception) {
        return Refusal.of(Status.BAD_REQUEST, exception.getMessage());
    }

    @ServerExceptionMapper
    RestResponse<Map<String, List<String>>> invalidReport(InvalidReportException exception) {
        return Refusal.ofFields(exception.messages());
    }

    @ServerExceptionMapper({ LinkRefusedException.class, OptOutRefusedException.class, TaskForbiddenException.class })
    RestResponse<ApiError> forbidden(RuntimeException exception) {
        return Refusal.of(Status.FORBIDDEN, exception.getMessage());
    }

    @ServerExceptionMapper
    RestResponse<ApiError> noSuchRange(RangeNotSatisfiableException exception) {
        return Refusal.ofRange(exception.getMessage(), exception.size());
    }

    @ServerExceptionMapper
    RestResponse<ApiError> tooManyStreams(TooManyStreamsException exception) {
        var status = exception.isOfOnePerson() ? Status.TOO_MANY_REQUESTS : Status.SERVICE_UNAVAILABLE;
        return Refusal.forNow(status, exception.getMessage(), exception.retryAfter());
    }

    @ServerExceptionMapper
    RestResponse<ApiError> tooManyRequests(TooManyRequestsException exception) {
        return Refusal.forNow(Status.TOO_MANY_REQUESTS, exception.getMessage(), exception.retryAfter());
    }

    @ServerExceptionMapper({ StructureTooLargeException.class })
    RestResponse<ApiError> tooLarge(RuntimeException exception) {
        return Refusal.of(Status.PAYLOAD_TOO_LARGE, exception.getMessage());
    }

    @ServerExceptionMapper({ NoLmsException.class, NoWebhooksException.class })
    RestResponse<ApiError> unavailable(RuntimeException exception) {
        return Refusal.of(Status.SERVICE_UNAVAILABLE, exception.getMessage());
    }

    // The framework's own says "HTTP 404 Not Found".
    private static String detailOf(RuntimeException exception) {
        return exception instanceof WebApplicationException ? StandardDetail.NOT_FOUND : exception.getMessage();
    }
}
