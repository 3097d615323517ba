-- What may be claimed, in the order in which it is, and whose it is: so that looking for the next task reads a few rows,
-- however many wait. Where a server ignores DESC in an index (MariaDB before 10.8) the order is the same, but sorted anew.
ALTER TABLE user_task_status
    ADD COLUMN queue TINYINT GENERATED ALWAYS AS (
                         CASE WHEN is_container OR worker IS NOT NULL THEN NULL
                              WHEN phase = 1 THEN 1
                              WHEN phase = 2 AND claim IS NOT NULL THEN 2 END) STORED
                         COMMENT '1 waits for a replica, 2 is held by one; null: neither' AFTER phase,
    DROP KEY claims,
    ADD KEY claims (queue, priority DESC, due_at, child_index),
    ADD KEY turns (queue, username, priority DESC, due_at, child_index);
