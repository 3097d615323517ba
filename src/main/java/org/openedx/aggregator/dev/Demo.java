package org.openedx.aggregator.dev;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.aggregation.LiveProgress;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.CourseGraphs.Publication;
import org.openedx.aggregator.progress.ProgressReader.Slice;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** Brings the demo course and its learners in through the doors that an LMS would use. */
@ApplicationScoped
@IfBuildProfile(anyOf = { "dev", "test" })
class Demo {

    private static final Slice ALL = new Slice(0, DemoLearner.values().length);

    private final CourseGraphs graphs;
    private final LiveProgress progress;
    private final LmsBus bus;
    private final Vertx vertx;

    Demo(CourseGraphs graphs, LiveProgress progress, LmsBus bus, Vertx vertx) {
        this.graphs = graphs;
        this.progress = progress;
        this.bus = bus;
        this.vertx = vertx;
    }

    /** Makes the demo course known; changes nothing where it is. */
    Uni<Publication> publish() {
        return vertx.executeBlocking(DemoCourse::upload, false)
                .chain(upload -> graphs.publish(upload, Optional.of(true)));
    }

    /**
     * Makes the demo course and its learners known; sends nothing if they are.
     *
     * @return whether events were sent
     */
    Uni<Boolean> load() {
        return publish()
                .chain(this::learners)
                .map(known -> known.size() < DemoLearner.values().length)
                .call(isNew -> isNew ? sendEvents() : Uni.createFrom().voidItem());
    }

    /** Whether every demo learner's progress is computed. */
    Uni<Boolean> isReady() {
        return learners()
                .map(known -> known.stream().map(LearnerProgress::course).filter(Optional::isPresent).count() == ALL.size());
    }

    private Uni<List<LearnerProgress>> learners() {
        return progress.ofCourse(DemoCourse.KEY, Optional.of(DemoLearner.ids()), ALL, Set.of(), Optional.empty());
    }

    private Uni<Void> sendEvents() {
        return vertx.executeBlocking(this::sendAll, false);
    }

    private Void sendAll() {
        var blocks = DemoCourse.completable();
        bus.sendAll(Arrays.stream(DemoLearner.values()).flatMap(learner -> learner.events(blocks)).toList());
        return null;
    }
}
