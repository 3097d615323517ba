package org.openedx.aggregator.aggregation;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.progress.LearnerSelection;
import org.openedx.aggregator.progress.ProgressReader;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Walks through the learners of a course, each with the numbers that they would be shown at that moment. */
@ApplicationScoped
public class LearnerPages {

    private final ProgressReader reader;
    private final LiveProgress live;

    LearnerPages(ProgressReader reader, LiveProgress live) {
        this.reader = reader;
        this.live = live;
    }

    /** How many learners there are in the pages. */
    public Uni<Long> count(int courseId, LearnerSelection selection) {
        return reader.countOfCourse(courseId, selection);
    }

    /** By LMS id, with the blocks of some types; a page is read when it is asked for. */
    public Multi<List<LearnerProgress>> of(int courseId, LearnerSelection selection, Set<String> types, int size) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicLong(-1), last -> next(courseId, selection, types, size, last))
                .whilst(page -> page.size() == size)
                .filter(page -> !page.isEmpty());
    }

    private Uni<List<LearnerProgress>> next(int courseId, LearnerSelection selection, Set<String> types, int size,
            AtomicLong last) {
        var rows = reader.after(courseId, last.get(), selection, size, live.detail(courseId, types));
        return live.show(rows, new Shown(!types.isEmpty(), true, OptionalInt.empty()))
                .invoke(page -> move(last, page));
    }

    private static void move(AtomicLong last, List<LearnerProgress> page) {
        if (!page.isEmpty()) {
            last.set(page.get(page.size() - 1).learnerId());
        }
    }
}
