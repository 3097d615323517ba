-- What a fetch came to stays with the request until it succeeds; a lease of its own leaves due_at to later requests.
ALTER TABLE structure_request
    MODIFY COLUMN requested_at DATETIME(6) NOT NULL COMMENT 'the first of the requests that wait',
    MODIFY COLUMN claim        BIGINT      NULL COMMENT 'who fetches it until leased_until',
    ADD COLUMN leased_until    DATETIME(6) NULL,
    ADD COLUMN missing         BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'the LMS knows no such course',
    ADD COLUMN attempted_at    DATETIME(6) NULL;

-- What the LMS last said of a course: how old is what we know, and is it still so.
CREATE TABLE structure_check (
    course_id         INT          NOT NULL,
    checked_at        DATETIME(6)  NOT NULL COMMENT 'when the stored structure last was the one of the LMS',
    published_version VARCHAR(255) NULL COMMENT 'the LMS''s name for it; null where it has none',
    PRIMARY KEY (course_id),
    KEY oldest (checked_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
