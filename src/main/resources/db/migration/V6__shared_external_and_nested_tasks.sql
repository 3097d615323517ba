-- Whom the owner of a task lets see it; a permission on a task holds for its parts.
CREATE TABLE user_task_permission (
    task       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    username   VARCHAR(150) NOT NULL DEFAULT '' COMMENT 'empty: the staff of the course',
    course_key VARCHAR(255) NOT NULL DEFAULT '',
    org        VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'of the course',
    artifacts  BOOLEAN      NOT NULL COMMENT 'the row itself is the permission to view',
    cancel     BOOLEAN      NOT NULL,
    may_delete BOOLEAN      NOT NULL,
    PRIMARY KEY (task, username, course_key),
    KEY shared_with_user (username),
    KEY shared_with_course (course_key),
    KEY shared_with_org (org)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Parts have parts, and a task that runs may have some beside its own steps.
ALTER TABLE user_task_status
    ADD COLUMN top             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the outermost container; null for that itself' AFTER parent,
    ADD COLUMN level           TINYINT      NOT NULL DEFAULT 0 COMMENT 'how many containers are around it' AFTER top,
    ADD COLUMN own_completed   INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'without those of its parts' AFTER total_steps,
    ADD COLUMN own_total       INT UNSIGNED NOT NULL DEFAULT 0 AFTER own_completed,
    ADD COLUMN own_done        BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'only parts of it are still at work' AFTER own_total,
    -- Work of other systems.
    ADD COLUMN worker          VARCHAR(150) NULL COMMENT 'the service account that does it elsewhere; null: a replica does it',
    ADD COLUMN last_sequence   BIGINT       NOT NULL DEFAULT 0 COMMENT 'of the last event of the worker',
    ADD COLUMN expected_parts  INT          NULL COMMENT 'how many parts a container of the worker will have',
    MODIFY COLUMN phase        TINYINT      NOT NULL COMMENT '0 waits for others, 1 may be claimed at due_at (a container: is open), 2 is held until due_at (without a claim: by its parts or a worker elsewhere), 3 is finished',
    ADD KEY parts (top, phase),
    ADD KEY silent (worker, phase, due_at);

UPDATE user_task_status SET top = parent, level = 1 WHERE parent IS NOT NULL;
UPDATE user_task_status SET own_completed = completed_steps, own_total = total_steps WHERE NOT is_container;
UPDATE user_task_status SET phase = 1 WHERE is_container AND phase = 0;

-- Cancellations that workers elsewhere are to be told of.
CREATE TABLE user_task_command (
    task         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    task_id      VARCHAR(128) NOT NULL,
    worker       VARCHAR(150) NOT NULL,
    requested_by VARCHAR(150) NULL COMMENT 'null: it followed from the end of another task',
    created      DATETIME(6)  NOT NULL,
    claim        BIGINT       NULL COMMENT 'who sends it until due_at',
    due_at       DATETIME(6)  NOT NULL,
    PRIMARY KEY (task),
    KEY due (due_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Tasks of other systems that a person removed: an old event does not bring them back.
CREATE TABLE user_task_removed (
    task       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    removed_at DATETIME(6) NOT NULL,
    PRIMARY KEY (task),
    KEY removed (removed_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
