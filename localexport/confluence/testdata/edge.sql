-- A small Confluence database of edge cases, in the form that an export reads
-- fastest: whole numbers, keys that are row numbers, and all indexes. The tests
-- make every other storage form from it.

CREATE TABLE user_mapping (user_key VARCHAR(255) NOT NULL PRIMARY KEY, username VARCHAR(255) NOT NULL, lower_username VARCHAR(255) UNIQUE);
CREATE TABLE cwd_directory (id INTEGER NOT NULL PRIMARY KEY, directory_name VARCHAR(255), active CHAR(1) NOT NULL);
CREATE TABLE cwd_app_dir_mapping (id INTEGER NOT NULL PRIMARY KEY, application_id BIGINT, directory_id BIGINT NOT NULL, list_index INTEGER);
CREATE TABLE cwd_user (id INTEGER NOT NULL PRIMARY KEY, user_name VARCHAR(255) NOT NULL, lower_user_name VARCHAR(255) NOT NULL, active CHAR(1) NOT NULL, display_name VARCHAR(255), email_address VARCHAR(255), directory_id BIGINT NOT NULL, UNIQUE (lower_user_name, directory_id));
CREATE TABLE spaces (spaceid INTEGER NOT NULL PRIMARY KEY, spacename VARCHAR(255), spacekey VARCHAR(255) NOT NULL UNIQUE, homepage BIGINT, creator VARCHAR(255), creationdate TEXT, lastmodifier VARCHAR(255), lastmoddate TEXT, spacetype VARCHAR(255), spacestatus VARCHAR(255));
CREATE TABLE content (contentid INTEGER NOT NULL PRIMARY KEY, contenttype VARCHAR(255) NOT NULL, title VARCHAR(255), version INTEGER, creator VARCHAR(255), creationdate TEXT, lastmodifier VARCHAR(255), lastmoddate TEXT, versioncomment TEXT, prevver BIGINT, content_status VARCHAR(255), pageid BIGINT, spaceid BIGINT, parentid BIGINT, parentcommentid BIGINT);
CREATE TABLE bodycontent (bodycontentid INTEGER NOT NULL PRIMARY KEY, body TEXT, contentid BIGINT, bodytypeid SMALLINT);
CREATE TABLE label (labelid INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255), owner VARCHAR(255), namespace VARCHAR(255));
CREATE TABLE content_label (id INTEGER NOT NULL PRIMARY KEY, labelid BIGINT NOT NULL, contentid BIGINT, labelableid BIGINT, labelabletype VARCHAR(255));
CREATE TABLE bandana (bandanaid INTEGER NOT NULL PRIMARY KEY, bandanacontext VARCHAR(255) NOT NULL, bandanakey VARCHAR(100) NOT NULL, bandanavalue TEXT);
CREATE TABLE confversion (confversionid INTEGER NOT NULL PRIMARY KEY, buildnumber INTEGER);
CREATE TABLE "AO_7B47A5_EVENT" ("ID" INTEGER NOT NULL PRIMARY KEY, "NAME" VARCHAR(255) NOT NULL, "EVENT_AT" BIGINT NOT NULL DEFAULT 0, "USER_KEY" VARCHAR(255), "SPACE_KEY" VARCHAR(255), "CONTENT_ID" BIGINT, "CONTAINER_ID" BIGINT DEFAULT 0);
CREATE TABLE "AO_8752F1_DATA_PIPELINE_EOO" ("ID" INTEGER NOT NULL PRIMARY KEY, "ENTITY_TYPE" VARCHAR(255), "ENTITY_IDENTIFIER" VARCHAR(255));

INSERT INTO confversion VALUES (1, 8804), (2, 9111);
INSERT INTO bandana VALUES
 (1, '_GLOBAL', 'other', '<settings><baseUrl>https://wrong.example.com</baseUrl></settings>'),
 (2, '_GLOBAL', 'atlassian.confluence.settings', '<settings><siteTitle>A &amp; B</siteTitle><baseUrl> https://wiki.example.com/a&amp;b/ </baseUrl></settings>');

-- Users: in two directories, case of the login, removed, anonymised, without lower name, inactive.
INSERT INTO cwd_directory VALUES (1, 'Internal', 'F'), (2, 'LDAP', 'T'), (3, 'Crowd', 'T');
INSERT INTO cwd_app_dir_mapping VALUES (1, 1, 1, 0), (2, 1, 2, 5), (3, 1, 3, 1), (4, 2, 3, 9);
INSERT INTO user_mapping VALUES
 ('4028b8810000000000000000000000f1', 'rkim', 'rkim'),
 ('4028b8810000000000000000000000f2', 'JSMITH', 'jsmith'),
 ('4028b8810000000000000000000000f3', 'gone', 'gone'),
 ('4028b8810000000000000000000000f4', '4028b8810000000000000000000000f4', '4028b8810000000000000000000000f4'),
 ('4028b8810000000000000000000000f5', 'ÄRZTE', NULL),
 ('4028b8810000000000000000000000f6', 'idle', 'idle'),
 ('4028b8810000000000000000000000e0', 'first', 'first');
INSERT INTO cwd_user VALUES
 (11, 'rkim', 'rkim', 'T', 'Robin Kim (internal)', 'internal@example.com', 1),
 (12, 'rkim', 'rkim', 'T', 'Robin Kim (ldap)', 'ldap@example.com', 2),
 (13, 'RKim', 'rkim', 'T', 'Kim, "Robin"', 'robin@example.com;kim@example.com', 3),
 (14, 'jsmith', 'jsmith', 'T', 'Jo' || char(10) || 'Smith', NULL, 2),
 (15, 'Ärzte', 'ärzte', 'T', 'Ärzte', 'ä@example.com', 3),
 (16, 'idle', 'idle', 'F', 'Idle User', 'idle@example.com', 1),
 (17, 'unmapped', 'unmapped', 'T', 'Nobody', 'nobody@example.com', 2),
 (18, 'first', 'first', 'T', '', '', 3);

-- Spaces: a home page that is live, one in the trash, none; archived, personal, excluded by key and by id.
INSERT INTO spaces VALUES
 (5, 'Engineering, "core"', 'ENG', 1001, '4028b8810000000000000000000000f1', '2020-01-01 00:30:00', '4028b8810000000000000000000000f2', '2024-07-01 12:00:00.999', 'global', 'CURRENT'),
 (20, 'Robin', '~robin.kim', 1020, '4028b8810000000000000000000000f1', '2020-02-02 10:00:00.5', NULL, NULL, 'personal', 'CURRENT'),
 (3, 'Old things', 'OLD', NULL, NULL, '2010-05-05 10:00:00', NULL, '2010-05-05 10:00:00', 'global', 'ARCHIVED'),
 (4, 'Secret', 'SECRET', 1024, NULL, '2020-01-01 00:00:00', NULL, '2020-01-01 00:00:00', 'global', 'CURRENT'),
 (100, 'Hidden', 'HID', NULL, NULL, '2020-01-01 00:00:00', NULL, '2020-01-01 00:00:00', 'global', 'CURRENT');
INSERT INTO "AO_8752F1_DATA_PIPELINE_EOO" VALUES (1, 'SPACE', 'SECRET'), (2, 'SPACE', '100'), (3, 'SPACE', 'GONE');

-- contentid, contenttype, title, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, parentid, parentcommentid
INSERT INTO content VALUES
 (1001, 'PAGE', 'Engineering Home', 3, '4028b8810000000000000000000000f1', '2024-01-02 03:04:05.678', '4028b8810000000000000000000000f2', '2024-07-02 03:04:05', 'first,' || char(13, 10) || '"second"' || char(10) || 'third', NULL, 'current', NULL, 5, NULL, NULL),
 (999, 'PAGE', 'Lower id, sorts last as text', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, 1001, NULL),
 (1002, 'PAGE', 'C++ & more?', 1, '4028b8810000000000000000000000f3', '2024-01-02 00:00:00', '4028b8810000000000000000000000f4', '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, 1001, NULL),
 (1003, 'PAGE', 'Überblick (neu) zu Möhren', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, 1001, NULL),
 (1004, 'PAGE', '日本語', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, 1003, NULL),
 (1005, 'PAGE', 'Ends with a dot.', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1006, 'BLOGPOST', 'New Year', 2, '4028b8810000000000000000000000f5', '2023-01-01 00:30:00', '4028b8810000000000000000000000f6', '2023-01-03 00:30:00', '', NULL, 'current', NULL, 5, NULL, NULL),
 (1007, 'BLOGPOST', 'What / when', 1, NULL, '2023-07-01 00:30:00', NULL, '2023-07-01 00:30:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1008, 'PAGE', 'Pair at the cut', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1009, 'PAGE', 'Pair before the cut', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1010, 'PAGE', 'Line breaks, "quotes"', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1011, 'PAGE', 'No body', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1012, 'PAGE', 'Several bodies', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1013, 'PAGE', 'Wiki markup', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1014, 'PAGE', 'Raw body only', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1015, 'PAGE', 'Skipped and repeated hour', 1, NULL, '2024-03-31 02:30:00', NULL, '2024-10-27 02:30:00.5', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1016, 'PAGE', 'Never modified', 1, NULL, '2024-01-02 00:00:00', NULL, NULL, NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1017, 'PAGE', 'Unknown people', 1, 'ffffffffffffffffffffffffffffffff', '2024-01-02 00:00:00', 'ffffffffffffffffffffffffffffffff', '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1018, 'PAGE', 'No date', 1, NULL, NULL, NULL, NULL, NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1019, 'PAGE', 'No space', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, NULL, NULL, NULL),
 (1020, 'PAGE', 'Trash', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'deleted', NULL, 20, NULL, NULL),
 (1021, 'PAGE', 'Draft', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'draft', NULL, 5, NULL, NULL),
 (1022, 'PAGE', 'Draft of home', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, 1001, 'draft', NULL, 5, NULL, NULL),
 (1023, 'PAGE', 'Old home', 2, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, 1001, 'current', NULL, NULL, NULL, NULL),
 (1024, 'PAGE', 'Secret', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 4, NULL, NULL),
 (1025, 'PAGE', 'Hidden', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 100, NULL, NULL),
 (1026, 'PAGE', ' * Leading blank ~ $1', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1027, 'PAGE', '', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (1028, 'PAGE', 'In an archived space', 1, NULL, '2010-05-05 10:00:00', NULL, '2010-05-06 10:00:00', NULL, NULL, 'current', NULL, 3, NULL, NULL),
 (1029, 'PAGE', 'In a personal space', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 20, NULL, NULL),
 (1030, 'PAGE', 'Space is gone', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 77, NULL, NULL),
 (10000000001, 'PAGE', 'Large id', 12, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, 10000000002, NULL),
 (3001, 'ATTACHMENT', 'plan.pdf', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', 1003, 5, NULL, NULL),
 (3002, 'ATTACHMENT', 'trash.pdf', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', 1020, 20, NULL, NULL),
 (3003, 'CUSTOM', 'calendar', 1, NULL, '2024-01-02 00:00:00', NULL, '2024-01-02 00:00:00', NULL, NULL, 'current', NULL, 5, NULL, NULL),
 (2001, 'COMMENT', NULL, 1, '4028b8810000000000000000000000f1', '2024-01-02 03:04:05', '4028b8810000000000000000000000f1', '2024-01-02 03:04:05', NULL, NULL, 'current', 1001, NULL, NULL, NULL),
 (2002, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 1001, NULL, NULL, 2001),
 (2003, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 1006, NULL, NULL, NULL),
 (2004, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 1002, NULL, NULL, 2999),
 (2005, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 3001, NULL, NULL, NULL),
 (2006, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 3002, NULL, NULL, NULL),
 (2007, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 1020, NULL, NULL, NULL),
 (2008, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 3003, NULL, NULL, NULL),
 (2009, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, 2001, 'current', NULL, NULL, NULL, NULL),
 (2010, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'draft', 1001, NULL, NULL, NULL),
 (2011, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', NULL, NULL, NULL, NULL),
 (2012, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, '2024-07-02 03:04:05', NULL, NULL, 'current', 1024, NULL, NULL, NULL),
 (2013, 'COMMENT', NULL, 1, NULL, '2024-07-02 03:04:05', NULL, NULL, NULL, NULL, 'current', 10000000001, NULL, NULL, NULL);

INSERT INTO bodycontent VALUES
 (1, '<p class="lead">Welcome, everyone</p>', 1001, 2),
 (2, replace(hex(zeroblob(9999)), '00', 'x') || '😀' || 'tail', 1008, 2),
 (3, replace(hex(zeroblob(9998)), '00', 'ä') || '😀' || 'tail', 1009, 2),
 (4, 'crlf' || char(13, 10) || 'lf' || char(10) || 'cr' || char(13) || 'both' || char(10, 13) || '"quoted", and \n typed', 1010, 2),
 (9, 'newest', 1012, 2), (8, 'older', 1012, 2), (99, 'raw', 1012, 1), (98, 'wiki', 1012, 0),
 (10, 'h1. Wiki *markup*', 1013, 0),
 (11, 'raw', 1014, 1),
 (12, '<p>trash</p>', 1020, 2),
 (13, '<p>old</p>', 1023, 2),
 (14, '<p>lower</p>', 999, 2),
 (15, '<p>large</p>', 10000000001, 2),
 (16, '<p>belongs to nothing</p>', NULL, 2),
 (21, 'First comment', 2001, 2),
 (22, replace(hex(zeroblob(1999)), '00', 'y') || '😀', 2002, 2),
 (23, replace(hex(zeroblob(2000)), '00', 'z'), 2003, 2),
 (25, '<p>on an attachment</p>', 2005, 2),
 (26, '<p>on a page in the trash</p>', 2007, 2);

INSERT INTO label VALUES
 (1, 'beta', NULL, 'global'), (2, 'alpha', NULL, 'global'), (3, 'favourite', '4028b8810000000000000000000000f1', 'my'),
 (4, 'quote"d \ slash', NULL, 'global'), (5, 'ünïcode 😀 <b>', NULL, 'global'), (6, 'a,b', NULL, 'global'),
 (7, 'alpha', NULL, 'global'), (8, 'category', NULL, 'team');
INSERT INTO content_label VALUES
 (1, 1, 1001, 1001, 'CONTENT'), (2, 2, 1001, 1001, 'CONTENT'), (3, 2, 1001, 1001, 'CONTENT'), (4, 3, 1001, 1001, 'CONTENT'),
 (5, 7, 1001, 1001, 'CONTENT'), (6, 4, 1010, 1010, 'CONTENT'), (7, 5, 1010, 1010, 'CONTENT'), (8, 6, 1010, 1010, 'CONTENT'),
 (9, 1, 1020, 1020, 'CONTENT'), (10, 8, 3003, 3003, 'CONTENT'), (11, 99, 1002, 1002, 'CONTENT'), (12, 1, 10000000001, 10000000001, 'CONTENT'),
 (13, 1, NULL, 55, 'TEMPLATE');

INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT", "USER_KEY", "SPACE_KEY", "CONTENT_ID", "CONTAINER_ID") VALUES
 (9, 'page_viewed', 1719889445999, '4028b8810000000000000000000000f1', 'ENG', 1001, 1001),
 (10, 'page_created', 1704161045678, '4028b8810000000000000000000000f1', 'ENG', 1001, 0),
 (11, 'page_updated', 1719889445000, NULL, 'ENG', 1001, NULL),
 (12, 'blog_viewed', 1719889445000, NULL, 'ENG', 1006, 0),
 (13, 'blog_created', 1672529400000, NULL, 'ENG', 1006, 1006),
 (14, 'blog_updated', 1719889445000, NULL, '', 1006, 0),
 (15, 'comment_created', 1719889445000, NULL, 'ENG', 2002, 0),
 (16, 'comment_created', 1719889445000, NULL, 'ENG', 2005, 0),
 (17, 'comment_created', 1719889445000, NULL, 'ENG', 2999, 0),
 (18, 'attachment_viewed', 1719889445000, NULL, 'ENG', 3001, NULL),
 (19, 'attachment_created', 1719889445000, NULL, 'ENG', 3001, 1003),
 (20, 'page_trashed', 1719889445000, NULL, 'ENG', 1020, 1020),
 (21, 'page_viewed', 1719889445000, NULL, 'SECRET', 1024, 1024),
 (22, 'page_viewed', 1719889445000, NULL, 'HID', 1025, 1025),
 (23, 'page_viewed', 1719889445000, NULL, NULL, NULL, 0),
 (100, 'page_viewed', 1719889445000, NULL, 'G,"ONE', 424242, 0);

CREATE INDEX c_pageid ON content (pageid);
CREATE INDEX body_content_idx ON bodycontent (contentid);
CREATE INDEX cl_contentid_idx ON content_label (contentid);
CREATE INDEX event_at_idx ON "AO_7B47A5_EVENT" ("EVENT_AT", "ID");
