package org.openedx.aggregator.lms;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.Limits;
import org.openedx.aggregator.course.StructureUpload;
import org.openedx.aggregator.key.CourseKey;

import io.smallrye.mutiny.Uni;

/** Asks the LMS's Course Blocks API for all blocks of a course, hidden ones included. */
@ApplicationScoped
class CourseBlocksClient {

    // The version of the API that keeps blocks behind gates. What an LMS does not know or may not say, it leaves out.
    private static final String PATH = "/api/courses/v2/blocks/?course_id=%s&all_blocks=true&depth=all&return_type=dict"
            + "&requested_fields=children,start,due,graded,visible_to_staff_only,completion_mode,group_access,"
            + "optional_completion,max_count,days_early_for_beta";

    private final LmsApi lms;
    private final Limits limits;

    CourseBlocksClient(LmsApi lms, Limits limits) {
        this.lms = lms;
        this.limits = limits;
    }

    /** The structure of a course, read while it arrives. */
    Uni<StructureUpload> structure(CourseKey course) {
        return lms.get(PATH.formatted(LmsUrl.encoded(course)), body -> StructureUpload.fromBlocksApi(course, body, limits));
    }
}
