package org.openedx.aggregator.course;

import java.util.List;
import java.util.Map;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What counts as completion at a site, and how large a course may be. */
@ConfigMapping(prefix = "aggregator.course")
interface CourseConfig {

    /**
     * The block types that results are kept and returned for, coarsest first. A type added here appears after the next
     * start; each one makes every stored result larger.
     */
    @WithDefault("course,chapter,sequential,vertical")
    @NotEmpty
    List<String> registeredTypes();

    /**
     * The completion mode of block types, over the defaults of a stock installation:
     * {@code aggregator.course.completion-modes."my_xblock"=completable}. A structure that says a block's
     * {@code completion_mode} itself is believed.
     */
    Map<String, CompletionMode> completionModes();

    /** The completion mode of a type that is in no table; the LMS itself excludes what is not installed. */
    @WithDefault("excluded")
    CompletionMode unknownTypes();

    /** Whether blocks count before their release date, as the reference's AGGREGATE_UNRELEASED_BLOCKS. */
    @WithDefault("false")
    boolean aggregateUnreleasedBlocks();

    /**
     * How often the service looks for release dates that have passed: the delay of what they release, and one cheap
     * query each time. {@code off} leaves it to other replicas.
     */
    @WithDefault("10s")
    String releasesEvery();

    /**
     * Whether a library block is complete when it was viewed, and counts one, as the LMS's
     * MARK_LIBRARY_CONTENT_BLOCK_COMPLETE_ON_VIEW; else its problems count.
     */
    @WithDefault("false")
    boolean libraryCompleteOnView();

    /** The most blocks a course may have. */
    @WithDefault("100000")
    @Positive
    int maxBlocks();

    /**
     * What the compiled courses kept in memory may take together, and as much again for the parts of them that groups of
     * learners see. A course of 1,000 blocks takes some 150 kB, each part of it some 20 kB.
     */
    @WithDefault("32M")
    MemorySize cachedGraphs();
}
