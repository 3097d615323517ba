-- Replicas of the service, by what they said last; one that is not heard of any more is forgotten after a day.
CREATE TABLE replica (
    id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'new with each start',
    name    VARCHAR(255) NOT NULL COMMENT 'host or pod',
    version VARCHAR(64)  NOT NULL,
    started DATETIME(6)  NOT NULL,
    seen    DATETIME(6)  NOT NULL,
    PRIMARY KEY (id),
    KEY seen (seen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How many dead letters there were, of all replicas. A letter that was sent twice counts twice.
CREATE TABLE dead_letter_count (
    day     DATE         NOT NULL COMMENT 'UTC',
    topic   VARCHAR(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'where the record came from',
    reason  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    letters BIGINT       NOT NULL,
    PRIMARY KEY (day, topic, reason)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where to look for parked marks: an index of its own, so that the marks of ingest need not keep one. A row whose mark is
-- no longer parked means nothing and is removed some time.
CREATE TABLE parked_completion (
    course_id  INT    NOT NULL,
    learner_id BIGINT NOT NULL,
    PRIMARY KEY (course_id, learner_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO parked_completion (course_id, learner_id)
SELECT course_id, learner_id FROM stale_completion WHERE attempts > 0;

ALTER TABLE course_structure
    ADD COLUMN blocks INT NULL COMMENT 'how many; null in versions from before it was counted';

-- Where traces are on: which span last marked an enrolment. Beside the marks, so that those need no room for it.
CREATE TABLE stale_trace (
    course_id   INT      NOT NULL,
    learner_id  BIGINT   NOT NULL,
    traceparent CHAR(55) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as the W3C writes it',
    PRIMARY KEY (course_id, learner_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE progress_event_outbox
    ADD COLUMN traceparent CHAR(55) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the span that stored the result, where traces are on';
