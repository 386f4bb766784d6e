package demo

import "testing"

// TestStates counts the rows of every state that an export has to tell apart.
func TestStates(t *testing.T) {
	db := open(t, large.path)
	const (
		page  = "contenttype IN ('PAGE', 'BLOGPOST')"
		live  = "prevver IS NULL AND content_status = 'current'"
		users = "user_mapping m LEFT JOIN cwd_user u ON u.lower_user_name = m.lower_username"
		body  = "content JOIN bodycontent USING (contentid)"
		cl    = "content_label JOIN label USING (labelid)"
		ev    = `"AO_7B47A5_EVENT"`
	)
	for _, c := range []struct{ state, from, where string }{
		// content
		{"historical version", "content", page + " AND prevver IN (SELECT contentid FROM content WHERE " + live + ") AND content_status = 'current' AND spaceid IS NULL AND parentid IS NULL"},
		{"version 1 in the history", "content", "contenttype = 'PAGE' AND prevver IS NOT NULL AND version = 1 AND lastmoddate = creationdate"},
		{"purged history", "content c", "contenttype = 'PAGE' AND version > 40 AND " + live + " AND (SELECT count(*) FROM content h WHERE h.prevver = c.contentid) < version - 1"},
		{"draft of a published page", "content", page + " AND prevver IS NOT NULL AND content_status = 'draft' AND spaceid IS NOT NULL"},
		{"never published draft", "content", page + " AND prevver IS NULL AND content_status = 'draft'"},
		{"legacy draft", "content", "contenttype = 'DRAFT' AND draftpageid IS NOT NULL"},
		{"trashed page", "content", "contenttype = 'PAGE' AND content_status = 'deleted' AND spaceid IS NOT NULL"},
		{"trashed blog post", "content", "contenttype = 'BLOGPOST' AND content_status = 'deleted'"},
		{"trashed attachment", "content", "contenttype = 'ATTACHMENT' AND content_status = 'deleted'"},
		{"attachment", "content", "contenttype = 'ATTACHMENT' AND pageid IS NOT NULL AND " + live},
		{"old attachment version", "content", "contenttype = 'ATTACHMENT' AND prevver IS NOT NULL AND spaceid IS NOT NULL AND pageid IS NULL"},
		{"other content types", "content", "contenttype IN ('CUSTOM', 'USERINFO', 'GLOBALDESCRIPTION')"},
		{"anonymous author", "content", page + " AND creator IS NULL AND " + live},
		{"anonymous edit", "content", page + " AND creator IS NOT NULL AND lastmodifier IS NULL AND " + live},
		{"page below a page", "content c JOIN content p ON p.contentid = c.parentid", "c.spaceid = p.spaceid AND p.parentid IS NOT NULL"},
		{"page at the top that is no home", "content", "contenttype = 'PAGE' AND parentid IS NULL AND contentid NOT IN (SELECT homepage FROM spaces WHERE homepage IS NOT NULL) AND " + live},
		{"manual order", "content", "child_position IS NOT NULL"},
		{"version comment with a line break", "content", page + " AND versioncomment LIKE '%' || char(10) || '%' AND " + live},
		{"ids out of time order", "content a JOIN content b ON b.contentid > a.contentid", "a.contentid < 200000 AND a.creationdate > b.creationdate AND a.contenttype = 'PAGE' AND b.contenttype = 'PAGE' AND a.prevver IS NULL AND b.prevver IS NULL"},
		{"bodies out of content order", "bodycontent a JOIN bodycontent b ON b.bodycontentid = a.bodycontentid + 1", "a.contentid > b.contentid"},
		// titles
		{"title with unsafe signs", "content", page + " AND (title GLOB '*[+?%&/\\;:§\"]*') AND " + live},
		{"title ending with a full stop", "content", page + " AND title LIKE '%.' AND " + live},
		{"title with a comma", "content", page + " AND title LIKE '%,%' AND " + live},
		{"long title", "content", page + " AND length(title) BETWEEN 200 AND 255 AND " + live},
		{"Cyrillic title", "content", page + " AND title GLOB '*[а-я]*' AND " + live},
		{"Chinese or Japanese title", "content", page + " AND title GLOB '*[一-龠]*' AND " + live},
		{"Arabic title", "content", page + " AND title GLOB '*[ء-ي]*' AND " + live},
		{"title outside the BMP", "content", page + " AND title GLOB '*[𐀀-🫿]*' AND " + live},
		// bodies
		{"long page", body, page + " AND length(body) > 10000 AND " + live},
		{"very long page", body, page + " AND length(body) > 150000 AND " + live},
		{"long comment", body, "contenttype = 'COMMENT' AND length(body) > 2000 AND " + live},
		{"wiki markup", body, page + " AND bodytypeid = 0 AND " + live},
		{"two bodies", "content c", page + " AND " + live + " AND (SELECT count(*) FROM bodycontent b WHERE b.contentid = c.contentid) = 2"},
		{"no body", "content c", page + " AND " + live + " AND NOT EXISTS (SELECT 1 FROM bodycontent b WHERE b.contentid = c.contentid)"},
		{"line break CR LF", body, page + " AND instr(body, char(13, 10)) > 0 AND " + live},
		{"line break LF", body, page + " AND instr(body, char(10)) > 0 AND instr(body, char(13)) = 0 AND " + live},
		{"backslash n in the text", body, page + " AND instr(body, '\\n') > 0 AND " + live},
		{"tab", body, page + " AND instr(body, char(9)) > 0 AND " + live},
		{"emoji with joiner", body, page + " AND instr(body, '👩‍💻') > 0 AND " + live},
		// comments
		{"thread", "content c JOIN content p ON p.contentid = c.parentcommentid", "c.pageid = p.pageid AND p.parentcommentid IS NOT NULL AND c.creationdate >= p.creationdate"},
		{"old comment version", "content", "contenttype = 'COMMENT' AND prevver IS NOT NULL AND pageid IS NULL"},
		{"inline comment", "content JOIN contentproperties USING (contentid)", "contenttype = 'COMMENT' AND propertyname = 'inline-comment' AND stringval = 'true'"},
		{"resolved inline comment", "content JOIN contentproperties USING (contentid)", "propertyname = 'status' AND stringval = 'resolved' AND " + live},
		{"comment on an attachment", "content c JOIN content a ON a.contentid = c.pageid", "c.contenttype = 'COMMENT' AND a.contenttype = 'ATTACHMENT' AND a.content_status = 'current'"},
		{"comment on a trashed page", "content c JOIN content p ON p.contentid = c.pageid", "c.contenttype = 'COMMENT' AND c.content_status = 'current' AND p.content_status = 'deleted'"},
		{"comment on an app's content", "content c JOIN content p ON p.contentid = c.pageid", "c.contenttype = 'COMMENT' AND p.contenttype = 'CUSTOM'"},
		{"comment on a blog post", "content c JOIN content p ON p.contentid = c.pageid", "c.contenttype = 'COMMENT' AND p.contenttype = 'BLOGPOST'"},
		{"anonymous comment", "content", "contenttype = 'COMMENT' AND creator IS NULL AND " + live},
		// spaces
		{"archived space with pages", "spaces JOIN content USING (spaceid)", "spacestatus = 'ARCHIVED' AND contenttype = 'PAGE'"},
		{"personal space", "spaces", "spacetype = 'personal' AND spacekey LIKE '~%'"},
		{"personal space named by user key", "spaces", "spacekey = '~' || creator"},
		{"space without a home page", "spaces", "homepage IS NULL"},
		{"space with a trashed home page", "spaces JOIN content ON contentid = homepage", "content_status = 'deleted'"},
		{"old space description", "content", "contenttype = 'SPACEDESCRIPTION' AND prevver IS NOT NULL"},
		{"space name with a comma", "spaces", "spacename LIKE '%,%'"},
		{"lower-case space key", "spaces", "spacekey = lower(spacekey) AND spacetype = 'global'"},
		// labels
		{"global label", cl, "namespace = 'global'"},
		{"personal label", cl, "namespace = 'my' AND label.owner IS NOT NULL"},
		{"team label", cl + " JOIN content USING (contentid)", "namespace = 'team' AND contenttype = 'SPACEDESCRIPTION'"},
		{"label attached twice", "(SELECT labelableid FROM content_label GROUP BY labelableid, labelid HAVING count(*) > 1)", "true"},
		{"label without contentid", "content_label", "contentid IS NULL AND labelabletype = 'CONTENT'"},
		{"label with a quote", cl, "name LIKE '%\"%'"},
		// users
		{"renamed user", "spaces s JOIN user_mapping m ON m.user_key = s.creator", "spacetype = 'personal' AND spacekey NOT IN ('~' || username, '~' || user_key)"},
		{"removed user", users, "u.id IS NULL AND username <> user_key AND lower_username IS NOT NULL"},
		{"anonymised user", users, "u.id IS NULL AND username = user_key AND lower_username = user_key"},
		{"user in two directories", "(SELECT lower_user_name FROM cwd_user GROUP BY 1 HAVING count(*) = 2 AND min(user_name) <> max(user_name))", "true"},
		{"user also in an inactive directory", "cwd_user u JOIN cwd_directory d ON d.id = u.directory_id", "d.active = 'F'"},
		{"inactive user", "cwd_user", "active = 'F'"},
		{"mapping without lower_username", "user_mapping", "lower_username IS NULL"},
		{"user without names", "cwd_user", "display_name = '' AND email_address IS NULL"},
		{"name with a comma", "cwd_user", "display_name LIKE '%,%'"},
		{"name with a quote", "cwd_user", "display_name LIKE '%\"%'"},
		// events
		{"anonymous event", ev, `"USER_KEY" IS NULL`},
		{"container not recorded", ev, `"CONTAINER_ID" = 0 AND "NAME" LIKE 'page_%'`},
		{"container of a comment not recorded", ev, `"CONTAINER_ID" = 0 AND "NAME" = 'comment_created'`},
		{"space that is gone", ev, `"SPACE_KEY" NOT IN (SELECT spacekey FROM spaces)`},
		{"content that is gone", ev, `"CONTENT_ID" NOT IN (SELECT contentid FROM content)`},
	} {
		if count(t, db, "SELECT EXISTS (SELECT 1 FROM "+c.from+" WHERE "+c.where+")") == 0 {
			t.Errorf("no %s", c.state)
		}
	}
}

func TestEventNames(t *testing.T) {
	db := open(t, large.path)
	for name := range exported {
		if n := count(t, db, `SELECT count(*) FROM "AO_7B47A5_EVENT" WHERE "NAME" = ?`, name); n < 10 {
			t.Errorf("%d events named %s", n, name)
		}
	}
	for _, name := range []string{"page_removed", "page_trashed", "attachment_removed", "space_created"} {
		if count(t, db, `SELECT count(*) FROM "AO_7B47A5_EVENT" WHERE "NAME" = ?`, name) == 0 {
			t.Errorf("no events named %s", name)
		}
	}
}

// TestCredentialsStayInTheirColumns makes sure that a search for the credential in exported files means something.
func TestCredentialsStayInTheirColumns(t *testing.T) {
	db := open(t, large.path)
	for _, from := range []string{"cwd_user WHERE credential = ?", "cwd_application WHERE credential = ?", "bandana WHERE bandanavalue LIKE '%' || ? || '%'"} {
		if count(t, db, "SELECT count(*) FROM "+from, credential) == 0 {
			t.Errorf("no credential in %s", from)
		}
	}
	if n := count(t, db, "SELECT count(*) FROM bodycontent WHERE instr(body, ?) > 0", credential); n != 0 {
		t.Errorf("the credential is in %d bodies", n)
	}
}
