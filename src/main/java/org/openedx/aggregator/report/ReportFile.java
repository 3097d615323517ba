package org.openedx.aggregator.report;

import java.io.IOException;
import java.util.List;

import org.openedx.aggregator.aggregation.LearnerProgress;

/** A file in the making, that is handed out piece by piece. */
interface ReportFile {

    /** What comes before the first learner. */
    byte[] begin() throws IOException;

    byte[] rows(List<LearnerProgress> learners) throws IOException;

    /** What comes after the last learner. */
    byte[] end() throws IOException;
}
