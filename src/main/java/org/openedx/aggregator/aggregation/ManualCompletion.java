package org.openedx.aggregator.aggregation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.completion.BlockCompletion;
import org.openedx.aggregator.completion.Completions;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Detail;
import org.openedx.aggregator.progress.EnrollmentProgress;
import org.openedx.aggregator.progress.ProgressReader;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** A completion that a learner reports directly instead of through the LMS. */
@ApplicationScoped
public class ManualCompletion {

    private final KeyIds keyIds;
    private final ProgressReader reader;
    private final CourseGraphs graphs;
    private final Completions completions;
    private final StaleLedger ledger;
    private final Transactions transactions;
    private final Clock clock;

    ManualCompletion(KeyIds keyIds, ProgressReader reader, CourseGraphs graphs, Completions completions, StaleLedger ledger,
            Transactions transactions, Clock clock) {
        this.keyIds = keyIds;
        this.reader = reader;
        this.graphs = graphs;
        this.completions = completions;
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What a learner reports. */
    public record Report(String username, CourseKey course, UsageKey block, double completion) {
    }

    /**
     * Records a completion as of now; answers whether it is the learner's first one of the block. Fails with
     * {@link NotEnrolledException} or {@link BlockNotFoundException}.
     */
    public Uni<Boolean> record(Report report) {
        if (!report.block().belongsTo(report.course())) {
            return Uni.createFrom().failure(new BlockNotFoundException(report.block()));
        }
        return enrollment(report)
                .chain(row -> fact(row, report))
                .chain(this::store);
    }

    private Uni<EnrollmentProgress> enrollment(Report report) {
        return keyIds.find(report.course())
                .map(found -> orFail(found, notEnrolled(report)))
                .chain(courseId -> reader.of(courseId, report.username(), Detail.COURSE))
                .map(found -> orFail(found, notEnrolled(report)));
    }

    private Uni<Integer> blockId(EnrollmentProgress row, UsageKey block) {
        return keyIds.find(row.enrollment().courseId(), block)
                .map(found -> orFail(found, new BlockNotFoundException(block)))
                .call(blockId -> requireInCourse(row, block, blockId));
    }

    private Uni<Void> requireInCourse(EnrollmentProgress row, UsageKey block, int blockId) {
        var unknown = new BlockNotFoundException(block);
        return graphs.course(orFail(row.structureId(), unknown))
                .onItem()
                .transformToUni(course -> course.whole().node(blockId).isPresent()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(unknown));
    }

    private Uni<BlockCompletion> fact(EnrollmentProgress row, Report report) {
        return blockId(row, report.block())
                .map(blockId -> fact(row.enrollment(), blockId, report.completion()));
    }

    private Uni<Boolean> store(BlockCompletion fact) {
        return transactions.run(transaction -> store(transaction, fact));
    }

    private Uni<Boolean> store(SqlConnection transaction, BlockCompletion fact) {
        return completions.exists(transaction, fact)
                .call(() -> completions.record(transaction, List.of(fact)))
                .call(() -> ledger.mark(transaction, List.of(fact.enrollment())))
                .map(existed -> !existed);
    }

    private BlockCompletion fact(Enrollment enrollment, int blockId, double completion) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return new BlockCompletion(enrollment, blockId, OptionalDouble.of(completion), now);
    }

    private static NotEnrolledException notEnrolled(Report report) {
        return new NotEnrolledException(report.username(), report.course());
    }

    private static <T> T orFail(Optional<T> found, RuntimeException failure) {
        return found.orElseThrow(() -> failure);
    }
}
