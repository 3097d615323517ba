-- Everything is keyed by course and learner; integer ids inside, opaque keys only in the two dictionaries.
-- Keys are compared byte by byte: Intro and intro are two blocks.
-- Instants in BIGINT columns are microseconds since 1970-01-01T00:00:00Z; DATETIME columns are UTC.

CREATE TABLE course (
    id               INT          NOT NULL AUTO_INCREMENT,
    course_key       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    org              VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin GENERATED ALWAYS AS (
                         IF(course_key LIKE '%+%',
                            SUBSTRING(SUBSTRING_INDEX(course_key, '+', 1), LOCATE(':', course_key) + 1),
                            SUBSTRING_INDEX(course_key, '/', 1))) STORED,
    structure_id     INT          NULL COMMENT 'the current version; null until a structure is known',
    mobile_available BOOLEAN      NOT NULL DEFAULT FALSE,
    PRIMARY KEY (id),
    UNIQUE KEY course_key (course_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE block (
    id        INT          NOT NULL AUTO_INCREMENT,
    course_id INT          NOT NULL,
    block_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY block_of_course (course_id, block_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE course_structure (
    id            INT          NOT NULL AUTO_INCREMENT,
    course_id     INT          NOT NULL,
    version_label VARCHAR(255) NULL COMMENT 'what the publisher calls this version',
    content_hash  CHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    policy        TEXT         NOT NULL COMMENT 'completion modes and registered types it is compiled with',
    content       MEDIUMBLOB   NOT NULL COMMENT 'gzip of the canonical Blocks API document',
    created       DATETIME(6)  NOT NULL,
    PRIMARY KEY (id),
    KEY versions_of_course (course_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the entries of progress.blocks mean, by position.
CREATE TABLE registered_block (
    structure_id     INT          NOT NULL,
    ordinal          INT          NOT NULL COMMENT 'from 1',
    aggregation_name VARCHAR(64)  NOT NULL,
    block_key        VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (structure_id, ordinal)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE learner (
    id       BIGINT       NOT NULL COMMENT 'auth_user.id of the LMS',
    username VARCHAR(150) NOT NULL,
    named_at BIGINT       NOT NULL COMMENT 'when the LMS said so; the newest holder of a name has it',
    PRIMARY KEY (id),
    KEY learner_by_name (username, named_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE enrollment (
    course_id  INT          NOT NULL,
    learner_id BIGINT       NOT NULL,
    active     BOOLEAN      NOT NULL,
    mode       VARCHAR(100) NOT NULL,
    changed_at BIGINT       NOT NULL,
    PRIMARY KEY (course_id, learner_id),
    KEY active_in_course (course_id, active, learner_id),
    KEY enrollments_of_learner (learner_id, active, course_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE cohort (
    id        BIGINT       NOT NULL,
    course_id INT          NOT NULL,
    name      VARCHAR(255) NOT NULL,
    PRIMARY KEY (id),
    KEY cohorts_of_course (course_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE cohort_member (
    course_id  INT    NOT NULL,
    learner_id BIGINT NOT NULL,
    cohort_id  BIGINT NOT NULL,
    PRIMARY KEY (course_id, learner_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE course_access_role (
    learner_id BIGINT       NOT NULL,
    org        VARCHAR(64)  NOT NULL,
    course_key VARCHAR(255) NOT NULL COMMENT 'empty: every course of the org',
    role       VARCHAR(64)  NOT NULL,
    PRIMARY KEY (learner_id, org, course_key, role),
    KEY roles_in_course (course_key, role)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE block_completion (
    course_id  INT    NOT NULL,
    learner_id BIGINT NOT NULL,
    block_id   INT    NOT NULL,
    completion DOUBLE NULL COMMENT 'null: deleted in the LMS; the row stays so that a late event cannot bring it back',
    modified   BIGINT NOT NULL,
    PRIMARY KEY (course_id, learner_id, block_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE stale_completion (
    course_id          INT           NOT NULL,
    learner_id         BIGINT        NOT NULL,
    generation         BIGINT        NOT NULL COMMENT 'raised by every new mark',
    marked_at          DATETIME(6)   NOT NULL,
    due_at             DATETIME(6)   NOT NULL COMMENT 'when a worker may take it: at once, after the holder''s lease, or at the retry time',
    claim              BIGINT        NULL COMMENT 'who holds it until due_at',
    claimed_generation BIGINT        NULL,
    attempts           INT           NOT NULL DEFAULT 0 COMMENT 'failures in a row; above 0 it is parked',
    reason             VARCHAR(1000) NULL,
    PRIMARY KEY (course_id, learner_id),
    KEY due (due_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE progress (
    course_id     INT         NOT NULL,
    learner_id    BIGINT      NOT NULL,
    structure_id  INT         NOT NULL COMMENT 'the course version that produced this row',
    earned        DOUBLE      NOT NULL,
    possible      DOUBLE      NOT NULL,
    percent       DOUBLE      NOT NULL,
    last_modified DATETIME(6) NOT NULL COMMENT 'newest completion below; 1900-01-01 if none',
    digest        BIGINT      NOT NULL COMMENT 'of blocks: an unchanged result is not written again',
    blocks        MEDIUMTEXT  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'JSON [[earned,possible,last_modified µs]…] in the order of registered_block',
    created       DATETIME(6) NOT NULL,
    modified      DATETIME(6) NOT NULL,
    PRIMARY KEY (course_id, learner_id),
    KEY progress_by_structure (structure_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE lease (
    name   VARCHAR(64)  NOT NULL,
    holder VARCHAR(64)  NOT NULL,
    until  DATETIME(6)  NOT NULL,
    PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The reference's table, one row per learner and block, for reports that know it.
-- Sums instead of columns: for a view with a column of a JSON_TABLE, MariaDB demands rights on all databases.
CREATE VIEW completion_aggregator_aggregator AS
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
       p.modified                                       AS modified
  FROM progress p
  JOIN course c ON c.id = p.course_id
  JOIN JSON_TABLE(p.blocks, '$[*]' COLUMNS (
           ordinal       FOR ORDINALITY,
           earned        DOUBLE PATH '$[0]',
           possible      DOUBLE PATH '$[1]',
           last_modified BIGINT PATH '$[2]')) t
  JOIN registered_block b ON b.structure_id = p.structure_id AND b.ordinal = t.ordinal
 WHERE t.earned IS NOT NULL;

-- An active enrolment with all that decides whether its stored progress may be shown as it is.
CREATE VIEW enrollment_progress AS
SELECT e.course_id, e.learner_id, l.username, l.named_at, c.course_key, c.mobile_available,
       c.structure_id AS current_structure_id, s.learner_id IS NOT NULL AS marked,
       p.structure_id, p.earned, p.possible, p.percent, p.last_modified, p.blocks
  FROM enrollment e
  LEFT JOIN learner l ON l.id = e.learner_id
  JOIN course c ON c.id = e.course_id
  LEFT JOIN stale_completion s ON s.course_id = e.course_id AND s.learner_id = e.learner_id
  LEFT JOIN progress p ON p.course_id = e.course_id AND p.learner_id = e.learner_id
 WHERE e.active;
