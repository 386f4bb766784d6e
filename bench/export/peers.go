package main

// The statements with which the sqlite3 command line writes the same records.
// "same" computes the cells that Sluice writes, as far as SQL can (titles are
// not escaped in addresses, local time is not converted by a zone); "raw" is the
// statement that one would type: stored values, joined.

const pagesSame = `SELECT c.contentid AS page_id, 'https://wiki.example.com' AS instance_url, s.spacekey AS space_key,
 'https://wiki.example.com/display/' || s.spacekey || '/' || replace(c.title, ' ', '+') AS page_url,
 CASE c.contenttype WHEN 'PAGE' THEN 'page' ELSE 'blogpost' END AS page_type, c.title AS page_title, c.content_status AS page_status,
 (SELECT replace(substr(b.body, 1, 10000), char(10), '\n') FROM bodycontent b WHERE b.contentid = c.contentid AND b.bodytypeid IN (0, 2)
   ORDER BY b.bodytypeid DESC, b.bodycontentid DESC LIMIT 1) AS page_content,
 c.parentid AS page_parent_id,
 (SELECT '[' || COALESCE(group_concat('"' || name || '"', ', '), '') || ']' FROM (SELECT DISTINCT l.name FROM content_label cl JOIN label l ON l.labelid = cl.labelid
   WHERE cl.contentid = c.contentid AND l.namespace = 'global' ORDER BY l.name)) AS labels,
 c.version AS page_version, c.creator AS creator_id, c.lastmodifier AS last_modifier_id,
 strftime('%Y-%m-%dT%H:%M:%SZ', c.creationdate) AS created_date, strftime('%Y-%m-%dT%H:%M:%SZ', c.lastmoddate) AS updated_date,
 replace(c.versioncomment, char(10), '\n') AS last_update_description
FROM content c JOIN spaces s ON s.spaceid = c.spaceid
WHERE c.contenttype IN ('PAGE', 'BLOGPOST') AND c.prevver IS NULL AND c.content_status = 'current'
 AND COALESCE(c.lastmoddate, c.creationdate) > '1990-01-01' ORDER BY c.contentid`

const pagesRaw = `SELECT c.contentid, s.spacekey, c.contenttype, c.title, c.content_status, c.parentid, c.version,
 c.creator, c.lastmodifier, c.creationdate, c.lastmoddate, c.versioncomment,
 (SELECT b.body FROM bodycontent b WHERE b.contentid = c.contentid AND b.bodytypeid IN (0, 2)
   ORDER BY b.bodytypeid DESC, b.bodycontentid DESC LIMIT 1) AS body,
 (SELECT group_concat(l.name) FROM content_label cl JOIN label l ON l.labelid = cl.labelid WHERE cl.contentid = c.contentid AND l.namespace = 'global') AS labels
FROM content c JOIN spaces s ON s.spaceid = c.spaceid
WHERE c.contenttype IN ('PAGE', 'BLOGPOST') AND c.prevver IS NULL AND c.content_status = 'current'
 AND COALESCE(c.lastmoddate, c.creationdate) > '1990-01-01' ORDER BY c.contentid`

const commentsFrom = `
FROM content c
JOIN content p ON p.contentid = c.pageid AND p.prevver IS NULL AND p.content_status = 'current'
LEFT JOIN content p2 ON p.contenttype = 'ATTACHMENT' AND p2.contentid = p.pageid
JOIN spaces s ON s.spaceid = COALESCE(p2.spaceid, p.spaceid)
WHERE c.contenttype = 'COMMENT' AND c.prevver IS NULL AND c.content_status = 'current'
 AND ((p.contenttype IN ('PAGE', 'BLOGPOST')) OR (p2.contenttype IN ('PAGE', 'BLOGPOST') AND p2.prevver IS NULL AND p2.content_status = 'current'))
 AND COALESCE(c.lastmoddate, c.creationdate) > '1990-01-01' ORDER BY c.contentid`

const commentsSame = `SELECT c.contentid AS comment_id, 'https://wiki.example.com' AS instance_url,
 'https://wiki.example.com/display/' || s.spacekey || '/' || replace(COALESCE(p2.title, p.title), ' ', '+') || '?focusedCommentId=' || c.contentid || '#comment-' || c.contentid AS comment_url,
 COALESCE(p2.contentid, p.contentid) AS page_id, c.parentcommentid AS parent_comment_id,
 (SELECT replace(substr(b.body, 1, 2000), char(10), '\n') FROM bodycontent b WHERE b.contentid = c.contentid AND b.bodytypeid IN (0, 2)
   ORDER BY b.bodytypeid DESC, b.bodycontentid DESC LIMIT 1) AS comment_content,
 c.creator AS creator_id, c.lastmodifier AS last_modifier_id,
 strftime('%Y-%m-%dT%H:%M:%SZ', c.creationdate) AS created_date, strftime('%Y-%m-%dT%H:%M:%SZ', c.lastmoddate) AS updated_date` + commentsFrom

const commentsRaw = `SELECT c.contentid, COALESCE(p2.contentid, p.contentid) AS page_id, s.spacekey, c.parentcommentid, c.creator, c.lastmodifier, c.creationdate, c.lastmoddate,
 COALESCE(p2.title, p.title) AS page_title, COALESCE(p2.contenttype, p.contenttype) AS page_type, COALESCE(p2.creationdate, p.creationdate) AS page_created,
 (SELECT b.body FROM bodycontent b WHERE b.contentid = c.contentid AND b.bodytypeid IN (0, 2)
   ORDER BY b.bodytypeid DESC, b.bodycontentid DESC LIMIT 1) AS body` + commentsFrom

const eventsWhere = ` FROM "AO_7B47A5_EVENT" WHERE "EVENT_AT" > 631152000000
 AND "NAME" IN ('page_viewed', 'page_created', 'page_updated', 'blog_viewed', 'blog_created', 'blog_updated',
 'comment_created', 'attachment_viewed', 'attachment_created') ORDER BY "ID"`

const eventsSame = `SELECT 'https://wiki.example.com' AS instance_url, "ID" AS event_id, "NAME" AS event_name,
 strftime('%Y-%m-%dT%H:%M:%SZ', "EVENT_AT" / 1000, 'unixepoch') AS created_date, "USER_KEY" AS event_author_id, "SPACE_KEY" AS event_space_key,
 CASE WHEN COALESCE("CONTAINER_ID", 0) <> 0 THEN "CONTAINER_ID" WHEN "NAME" LIKE 'page%' OR "NAME" LIKE 'blog%' THEN "CONTENT_ID"
  ELSE (SELECT pageid FROM content WHERE contentid = "CONTENT_ID") END AS event_container_id, "CONTENT_ID" AS event_content_id` + eventsWhere

const eventsRaw = `SELECT "ID", "NAME", "EVENT_AT", "USER_KEY", "SPACE_KEY", "CONTAINER_ID", "CONTENT_ID"` + eventsWhere

const usersSame = `SELECT 'https://wiki.example.com' AS instance_url, m.user_key AS user_id, m.username AS user_name,
 (SELECT u.display_name FROM cwd_user u WHERE u.lower_user_name = m.lower_username LIMIT 1) AS user_fullname,
 (SELECT u.email_address FROM cwd_user u WHERE u.lower_user_name = m.lower_username LIMIT 1) AS user_email
FROM user_mapping m ORDER BY m.user_key`

const spacesSame = `SELECT s.spacekey AS space_key, 'https://wiki.example.com' AS instance_url,
 'https://wiki.example.com/display/' || s.spacekey AS space_url,
 'https://wiki.example.com/display/' || s.spacekey || '/' || replace(h.title, ' ', '+') AS homepage_url,
 s.spacename AS space_name, s.spacetype AS space_type, lower(s.spacestatus) AS space_status, s.creator AS creator_id, s.lastmodifier AS last_modifier_id,
 strftime('%Y-%m-%dT%H:%M:%SZ', s.creationdate) AS created_date, strftime('%Y-%m-%dT%H:%M:%SZ', s.lastmoddate) AS updated_date
FROM spaces s LEFT JOIN content h ON h.contentid = s.homepage AND h.content_status = 'current' ORDER BY s.spaceid`

// peers are the statements for each file.
var peers = map[string]map[string]string{
	"users":            {"same": usersSame},
	"spaces":           {"same": spacesSame},
	"pages":            {"same": pagesSame, "raw": pagesRaw},
	"comments":         {"same": commentsSame, "raw": commentsRaw},
	"analytics_events": {"same": eventsSame, "raw": eventsRaw},
}
