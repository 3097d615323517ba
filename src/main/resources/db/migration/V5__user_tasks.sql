-- Long work that persons start, named as in django-user-tasks. Its uuids are text, so that who looks into the table for
-- the task of a link finds it; rows are few enough for the 20 bytes.
CREATE TABLE user_task_status (
    uuid                CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created             DATETIME(6)  NOT NULL,
    modified            DATETIME(6)  NOT NULL,
    version             BIGINT       NOT NULL DEFAULT 1 COMMENT 'raised by each change that a person may see',
    user_id             BIGINT       NULL COMMENT 'of the LMS; service accounts have none',
    username            VARCHAR(150) NOT NULL,
    task_id             VARCHAR(128) NOT NULL COMMENT 'the name of the work where it is done',
    parent              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    child_index         INT          NOT NULL DEFAULT 0,
    is_container        BOOLEAN      NOT NULL DEFAULT FALSE,
    task_class          VARCHAR(128) NOT NULL COMMENT 'the action; of a container: group, chain or chord',
    name                VARCHAR(255) NOT NULL,
    state               VARCHAR(128) NOT NULL COMMENT 'what a person reads; any text while it runs',
    phase               TINYINT      NOT NULL COMMENT '0 waits for others, 1 may be claimed at due_at, 2 is held until due_at, 3 is finished',
    due_at              DATETIME(6)  NOT NULL,
    completed_steps     INT UNSIGNED NOT NULL DEFAULT 0,
    total_steps         INT UNSIGNED NOT NULL,
    attempts            INT          NOT NULL DEFAULT 1,
    priority            SMALLINT     NOT NULL DEFAULT 0,
    parameters          MEDIUMTEXT   NOT NULL COMMENT 'JSON',
    checkpoint          MEDIUMTEXT   NULL COMMENT 'JSON; where to go on',
    fingerprint         CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of user, action and parameters',
    running_fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the same until it is finished',
    claim               BIGINT       NULL COMMENT 'who runs it; nobody else may write its progress',
    heartbeat           DATETIME(6)  NULL,
    cancel_requested    BOOLEAN      NOT NULL DEFAULT FALSE,
    started             DATETIME(6)  NULL,
    finished            DATETIME(6)  NULL,
    expires             DATETIME(6)  NOT NULL,
    PRIMARY KEY (uuid),
    UNIQUE KEY one_at_a_time (running_fingerprint),
    KEY newest_of_user (username, created),
    KEY newest (created),
    KEY claims (phase, due_at, priority),
    KEY expired (phase, expires),
    KEY children (parent, child_index)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE user_task_artifact (
    uuid        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created     DATETIME(6)   NOT NULL,
    modified    DATETIME(6)   NOT NULL,
    status_uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name        VARCHAR(255)  NOT NULL COMMENT 'a task that goes on after a crash writes over what it had written',
    file        VARCHAR(400)  NULL COMMENT 'key in the artifact store',
    file_name   VARCHAR(255)  NULL,
    media_type  VARCHAR(127)  NULL,
    size        BIGINT        NULL COMMENT 'bytes of the file',
    url         VARCHAR(2048) NULL,
    text        MEDIUMTEXT    NULL,
    PRIMARY KEY (uuid),
    UNIQUE KEY one_of_a_name (status_uuid, name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Files to be deleted: those whose row is gone, and, ahead of time, those that are still being written.
CREATE TABLE user_task_file_deletion (
    file   VARCHAR(400) NOT NULL,
    due_at DATETIME(6)  NOT NULL,
    PRIMARY KEY (file),
    KEY due (due_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
