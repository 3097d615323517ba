package org.openedx.aggregator.course;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The limits of uploads, by this process's settings. */
class LimitsProducer {

    @Produces
    @Singleton
    Limits limits(CourseConfig config) {
        return Limits.standard().withMaxBlocks(config.maxBlocks());
    }
}
