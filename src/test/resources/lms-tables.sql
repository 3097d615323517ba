-- The captured tables as Django makes them, and a small site that was there before anybody captured anything.

CREATE TABLE auth_user (
    id           INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
    password     VARCHAR(128) NOT NULL,
    last_login   DATETIME(6)  DEFAULT NULL,
    is_superuser TINYINT(1)   NOT NULL,
    username     VARCHAR(150) NOT NULL UNIQUE,
    first_name   VARCHAR(150) NOT NULL,
    last_name    VARCHAR(150) NOT NULL,
    email        VARCHAR(254) NOT NULL UNIQUE,
    is_staff     TINYINT(1)   NOT NULL,
    is_active    TINYINT(1)   NOT NULL,
    date_joined  DATETIME(6)  NOT NULL
);

CREATE TABLE student_courseenrollment (
    id        INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
    course_id VARCHAR(255) NOT NULL,
    created   DATETIME(6)  DEFAULT NULL,
    is_active TINYINT(1)   NOT NULL,
    mode      VARCHAR(100) NOT NULL,
    user_id   INT          NOT NULL,
    UNIQUE KEY student_courseenrollment_user_id_course_id_uniq (user_id, course_id),
    FOREIGN KEY (user_id) REFERENCES auth_user (id)
);

CREATE TABLE completion_blockcompletion (
    id         BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    created    DATETIME(6)  NOT NULL,
    modified   DATETIME(6)  NOT NULL,
    course_key VARCHAR(255) NOT NULL,
    block_key  VARCHAR(255) NOT NULL,
    block_type VARCHAR(64)  NOT NULL,
    completion DOUBLE       NOT NULL,
    user_id    INT          NOT NULL,
    UNIQUE KEY completion_blockcompletion_uniq (course_key, block_key, user_id),
    KEY completion__course__c6e6ad_idx (course_key, block_type, user_id),
    KEY completion__user_id_861fe5_idx (user_id, course_key, modified),
    FOREIGN KEY (user_id) REFERENCES auth_user (id)
);

CREATE TABLE course_groups_courseusergroup (
    id         INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name       VARCHAR(255) NOT NULL,
    course_id  VARCHAR(255) NOT NULL,
    group_type VARCHAR(20)  NOT NULL,
    UNIQUE KEY course_groups_courseusergroup_uniq (name, course_id)
);

CREATE TABLE course_groups_cohortmembership (
    id                   INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
    course_id            VARCHAR(255) NOT NULL,
    course_user_group_id INT          NOT NULL,
    user_id              INT          NOT NULL,
    UNIQUE KEY course_groups_cohortmembership_uniq (user_id, course_id),
    FOREIGN KEY (course_user_group_id) REFERENCES course_groups_courseusergroup (id)
);

CREATE TABLE course_groups_courseusergrouppartitiongroup (
    id                   INT         NOT NULL AUTO_INCREMENT PRIMARY KEY,
    partition_id         INT         NOT NULL,
    group_id             INT         NOT NULL,
    created_at           DATETIME(6) NOT NULL,
    updated_at           DATETIME(6) NOT NULL,
    course_user_group_id INT         NOT NULL UNIQUE,
    FOREIGN KEY (course_user_group_id) REFERENCES course_groups_courseusergroup (id)
);

CREATE TABLE student_courseaccessrole (
    id        INT          NOT NULL AUTO_INCREMENT PRIMARY KEY,
    org       VARCHAR(64)  NOT NULL,
    course_id VARCHAR(255) NOT NULL,
    role      VARCHAR(64)  NOT NULL,
    user_id   INT          NOT NULL,
    UNIQUE KEY student_courseaccessrole_uniq (user_id, org, course_id, role),
    FOREIGN KEY (user_id) REFERENCES auth_user (id)
);

CREATE TABLE django_session (
    session_key  VARCHAR(40) NOT NULL PRIMARY KEY,
    session_data LONGTEXT    NOT NULL,
    expire_date  DATETIME(6) NOT NULL
);

INSERT INTO auth_user VALUES
    (9810001, 'pbkdf2_sha256$secret-a', NULL, 0, 'captured.ann', 'Ann', 'Onymous', 'ann@example.com', 0, 1, '2024-01-01'),
    (9810002, 'pbkdf2_sha256$secret-b', NULL, 0, 'captured.bob', 'Bob', 'Onymous', 'bob@example.com', 0, 1, '2024-01-01'),
    (9810003, 'pbkdf2_sha256$secret-c', NULL, 0, 'captured.cid', 'Cid', 'Onymous', 'cid@example.com', 0, 1, '2024-01-01'),
    (9810004, 'pbkdf2_sha256$secret-d', NULL, 0, 'captured.dan', 'Dan', 'Onymous', 'dan@example.com', 0, 1, '2024-01-01');

INSERT INTO student_courseenrollment VALUES
    (1, 'course-v1:Captured+Site+2026', '2024-01-02 03:04:05.678901', 1, 'audit', 9810001),
    (2, 'course-v1:Captured+Site+2026', NULL, 1, 'audit', 9810002),
    (3, 'course-v1:Captured+Site+2026', NULL, 1, 'audit', 9810003),
    (4, 'course-v1:Captured+Site+2026', NULL, 1, 'audit', 9810004);

INSERT INTO completion_blockcompletion VALUES
    (801, '2024-02-03 04:05:06.789012', '2024-02-03 04:05:06.789012', 'course-v1:Captured+Site+2026',
     'block-v1:Captured+Site+2026+type@html+block@a', 'html', 1, 9810001),
    (802, '2024-02-03 04:05:06.789012', '2024-02-04 00:00:00', 'course-v1:Captured+Site+2026',
     'block-v1:Captured+Site+2026+type@html+block@b', 'html', 0.5, 9810001),
    (803, '2024-02-03 04:05:06.789012', '2024-02-03 04:05:06.789012', 'course-v1:Captured+Site+2026',
     'block-v1:Captured+Site+2026+type@html+block@r', 'html', 1, 9810002);

INSERT INTO course_groups_courseusergroup VALUES
    (9810101, 'Red', 'course-v1:Captured+Site+2026', 'cohort'),
    (9810102, 'Blue', 'course-v1:Captured+Site+2026', 'cohort');

INSERT INTO course_groups_courseusergrouppartitiongroup VALUES
    (1, 1818, 1, '2024-01-01', '2024-01-01', 9810101);

INSERT INTO course_groups_cohortmembership VALUES
    (1, 'course-v1:Captured+Site+2026', 9810101, 9810002);

INSERT INTO student_courseaccessrole VALUES
    (1, 'Captured', 'course-v1:Captured+Site+2026', 'staff', 9810003);

INSERT INTO django_session VALUES ('abc', 'session-secret', '2030-01-01')
