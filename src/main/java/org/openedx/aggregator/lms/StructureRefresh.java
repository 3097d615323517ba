package org.openedx.aggregator.lms;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.StructureRequests;
import org.openedx.aggregator.course.StructureState;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;

/** Has the structure of a course fetched because a person wants it, and says how far that is. */
@ApplicationScoped
public class StructureRefresh {

    private final KeyIds keyIds;
    private final StructureRequests requests;
    private final Transactions transactions;
    private final LmsConfig config;

    StructureRefresh(KeyIds keyIds, StructureRequests requests, Transactions transactions, LmsConfig config) {
        this.keyIds = keyIds;
        this.requests = requests;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * Asks for a course without the usual wait; empty for a course never heard of.
     *
     * @throws NoLmsException (as failure) if there is no LMS to ask
     */
    public Uni<Optional<StructureState>> request(CourseKey course) {
        return ids(course)
                .call(this::request)
                .chain(this::state);
    }

    /** How far the fetching of a course is; empty for a course never heard of. */
    public Uni<Optional<StructureState>> state(CourseKey course) {
        return ids(course)
                .chain(this::state);
    }

    private Uni<Optional<Integer>> ids(CourseKey course) {
        return config.url().isPresent() ? keyIds.find(course) : Uni.createFrom().failure(new NoLmsException());
    }

    private Uni<Void> request(Optional<Integer> courseId) {
        return courseId.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.run(transaction -> requests.requestNow(transaction, courseId.get()));
    }

    private Uni<Optional<StructureState>> state(Optional<Integer> courseId) {
        return courseId.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : requests.state(courseId.get()).map(Optional::of);
    }
}
