-- Whom to tell of the end of a task, and whether everybody was told: the row is its own outbox. A replica of the version
-- before knows no quiet tasks, so that everything it adds is told.
ALTER TABLE user_task_status
    ADD COLUMN email    VARCHAR(254) NULL COMMENT 'of who asked, as known then',
    ADD COLUMN language VARCHAR(8)   NULL COMMENT 'of who asked, as their request had it',
    ADD COLUMN told     BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'or nobody is to be told',
    ADD KEY untold (told, phase);

-- What ended before anybody listened is no news.
UPDATE user_task_status SET told = TRUE WHERE phase = 3 OR parent IS NOT NULL;

-- What is to be sent, written in the transaction that marks the task as told.
CREATE TABLE notification_delivery (
    uuid     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the same in each attempt',
    channel  VARCHAR(16)  NOT NULL,
    target   VARCHAR(150) NOT NULL COMMENT 'whom the channel sends it to: a username, a subscription',
    lane     VARCHAR(255) NOT NULL COMMENT 'only so many deliveries of a lane are on their way at once: a host',
    task     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload  MEDIUMTEXT   NOT NULL COMMENT 'JSON; emptied when it is delivered',
    phase    TINYINT      NOT NULL DEFAULT 1 COMMENT '1 waits until due_at, 2 is being sent until due_at, 3 is delivered, 4 is given up',
    due_at   DATETIME(6)  NOT NULL,
    claim    BIGINT       NULL COMMENT 'who sends it; nobody else may write what became of it',
    attempts INT          NOT NULL DEFAULT 0,
    failure  VARCHAR(500) NULL COMMENT 'of the last attempt',
    created  DATETIME(6)  NOT NULL,
    finished DATETIME(6)  NULL,
    PRIMARY KEY (uuid),
    UNIQUE KEY once (task, channel, target),
    KEY due (channel, phase, due_at),
    KEY of_target (channel, target, phase, finished),
    KEY aged (phase, finished)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What persons have chosen; who is not in it has chosen nothing.
CREATE TABLE notification_preference (
    username VARCHAR(150) NOT NULL,
    email    BOOLEAN      NOT NULL,
    modified DATETIME(6)  NOT NULL,
    PRIMARY KEY (username)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE notification_webhook (
    uuid      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner     VARCHAR(150)  NOT NULL,
    everybody BOOLEAN       NOT NULL COMMENT 'of all tasks, not of the owner''s alone',
    url       VARCHAR(2048) NOT NULL,
    secret    VARCHAR(255)  NOT NULL COMMENT 'encrypted: it signs, so it cannot be a hash',
    states    VARCHAR(255)  NOT NULL COMMENT 'JSON array; empty for all',
    actions   TEXT          NOT NULL COMMENT 'JSON array; empty for all',
    active    BOOLEAN       NOT NULL DEFAULT TRUE COMMENT 'until the receiver says that it is gone',
    created   DATETIME(6)   NOT NULL,
    PRIMARY KEY (uuid),
    KEY of_owner (owner, created)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
