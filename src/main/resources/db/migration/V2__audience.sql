-- What decides which part of a course a learner sees. As everywhere, the newest word of the LMS counts, in whatever order
-- its words arrive: a row that says "no longer" stays, so that an older word cannot bring back what was taken.

ALTER TABLE learner
    ADD COLUMN staff    BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'global staff of the LMS (auth_user.is_staff)',
    ADD COLUMN staff_at BIGINT  NOT NULL DEFAULT 0 COMMENT 'when the LMS said so; 0: never',
    ADD KEY staff_learners (staff);

ALTER TABLE cohort
    ADD COLUMN present    BOOLEAN NOT NULL DEFAULT TRUE COMMENT 'false: deleted in the LMS',
    ADD COLUMN changed_at BIGINT  NOT NULL DEFAULT 0,
    DROP KEY cohorts_of_course,
    ADD KEY cohorts_of_course (course_id, name);

-- Captured rows name a cohort by its id, events by its name.
ALTER TABLE cohort_member
    MODIFY COLUMN cohort_id BIGINT NULL COMMENT 'null: known by name only, or in no cohort',
    ADD COLUMN cohort_name  VARCHAR(255) NULL COMMENT 'null: known by id only, or in no cohort',
    ADD COLUMN changed_at   BIGINT NOT NULL DEFAULT 0,
    ADD KEY members_of_cohort (cohort_id);

CREATE TABLE cohort_group (
    cohort_id    BIGINT NOT NULL,
    partition_id INT    NULL COMMENT 'null, as the group: the cohort has no content group any more',
    group_id     INT    NULL,
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (cohort_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Groups a learner was put into by chance (A/B tests).
CREATE TABLE learner_group (
    course_id    INT    NOT NULL,
    learner_id   BIGINT NOT NULL,
    partition_id INT    NOT NULL,
    group_id     INT    NULL COMMENT 'null: taken out of it',
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (course_id, learner_id, partition_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the LMS picked for a learner from a library block.
CREATE TABLE library_selection (
    course_id  INT    NOT NULL,
    learner_id BIGINT NOT NULL,
    block_id   INT    NOT NULL,
    selected   TEXT   CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'block ids, separated by commas; null: nothing picked',
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (course_id, learner_id, block_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE course_access_role
    ADD COLUMN granted    BOOLEAN NOT NULL DEFAULT TRUE COMMENT 'false: taken back',
    ADD COLUMN changed_at BIGINT  NOT NULL DEFAULT 0;

-- Release dates are compared with released_at, not with the clock: all replicas see the same course at the same time, and
-- a date that passes is a change like any other.
ALTER TABLE course
    ADD COLUMN released_at  BIGINT NOT NULL DEFAULT 0 COMMENT 'the instant as of which blocks are released',
    ADD COLUMN next_release BIGINT NULL COMMENT 'when something more is released; null: nothing to come',
    ADD KEY releases (next_release);

ALTER TABLE progress
    ADD COLUMN optional_earned   DOUBLE NOT NULL DEFAULT 0 AFTER percent,
    ADD COLUMN optional_possible DOUBLE NOT NULL DEFAULT 0 AFTER optional_earned,
    MODIFY COLUMN blocks MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL
        COMMENT 'JSON [[earned,possible,last_modified µs,optional earned,optional possible]…] in the order of registered_block; [] is hidden from the learner';

-- Courses whose structure is to be fetched from the LMS.
CREATE TABLE structure_request (
    course_id    INT           NOT NULL,
    generation   BIGINT        NOT NULL COMMENT 'raised by every new request',
    requested_at DATETIME(6)   NOT NULL,
    due_at       DATETIME(6)   NOT NULL,
    claim        BIGINT        NULL COMMENT 'who fetches it until due_at',
    claimed_generation BIGINT  NULL,
    attempts     INT           NOT NULL DEFAULT 0 COMMENT 'failures in a row',
    reason       VARCHAR(1000) NULL,
    PRIMARY KEY (course_id),
    KEY due (due_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Sums instead of columns: for a view with a column of a JSON_TABLE, MariaDB demands rights on all databases.
CREATE OR REPLACE VIEW completion_aggregator_aggregator AS
SELECT p.learner_id                                     AS user_id,
       c.course_key                                     AS course_key,
       b.aggregation_name                               AS aggregation_name,
       b.block_key                                      AS block_key,
       t.earned + 0.0                                   AS earned,
       t.possible + 0.0                                 AS possible,
       IF(t.possible = 0, 1.0, t.earned / t.possible)   AS percent,
       COALESCE(TIMESTAMPADD(MICROSECOND, t.last_modified, TIMESTAMP '1970-01-01 00:00:00'),
                TIMESTAMP '1900-01-01 00:00:00')        AS last_modified,
       p.created                                        AS created,
       p.modified                                       AS modified,
       COALESCE(t.optional_earned, 0.0)                 AS optional_earned,
       COALESCE(t.optional_possible, 0.0)               AS optional_possible,
       IF(COALESCE(t.optional_possible, 0.0) = 0, 1.0, t.optional_earned / t.optional_possible) AS optional_percent
  FROM progress p
  JOIN course c ON c.id = p.course_id
  JOIN JSON_TABLE(p.blocks, '$[*]' COLUMNS (
           ordinal           FOR ORDINALITY,
           earned            DOUBLE PATH '$[0]',
           possible          DOUBLE PATH '$[1]',
           last_modified     BIGINT PATH '$[2]',
           optional_earned   DOUBLE PATH '$[3]',
           optional_possible DOUBLE PATH '$[4]')) t
  JOIN registered_block b ON b.structure_id = p.structure_id AND b.ordinal = t.ordinal
 WHERE t.earned IS NOT NULL;

CREATE OR REPLACE VIEW enrollment_progress AS
SELECT e.course_id, e.learner_id, l.username, l.named_at, c.course_key, c.mobile_available,
       c.structure_id AS current_structure_id, c.released_at, s.learner_id IS NOT NULL AS marked,
       p.structure_id, p.earned, p.possible, p.percent, p.optional_earned, p.optional_possible, p.last_modified, p.blocks
  FROM enrollment e
  LEFT JOIN learner l ON l.id = e.learner_id
  JOIN course c ON c.id = e.course_id
  LEFT JOIN stale_completion s ON s.course_id = e.course_id AND s.learner_id = e.learner_id
  LEFT JOIN progress p ON p.course_id = e.course_id AND p.learner_id = e.learner_id
 WHERE e.active;

-- Courses that were known before are looked at anew.
UPDATE course SET next_release = 0 WHERE structure_id IS NOT NULL;
