-- Changes of results that are still to be announced, written in the transaction that stores the result and removed when
-- the broker has all of its events.
CREATE TABLE progress_event_outbox (
    first_at     BIGINT     NOT NULL COMMENT 'timestamp of the first event; each of the others is a microsecond later',
    learner_id   BIGINT     NOT NULL,
    course_id    INT        NOT NULL,
    structure_id INT        NOT NULL COMMENT 'the course version whose registered blocks the ordinals are of',
    created      BIGINT     NOT NULL COMMENT 'when the enrolment got its first result',
    modified     BIGINT     NOT NULL COMMENT 'when this result was stored',
    changes      MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'ordinal,earned,possible of each changed block, separated by semicolons',
    PRIMARY KEY (first_at, learner_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The clock of each learner's events: no two of them have the same timestamp, whoever computed them.
CREATE TABLE progress_event_clock (
    learner_id BIGINT NOT NULL,
    last_at    BIGINT NOT NULL COMMENT 'timestamp of the newest event',
    taken      INT    NOT NULL COMMENT 'how many timestamps were taken last',
    PRIMARY KEY (learner_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
