package oracle

import (
	"context"
	"strings"
)

// live is the rule for content that is current and no old version.
func live(x row) bool { return x.text("prevver") == "" && x.text("content_status") == "current" }

func isPage(x row) bool {
	return x.text("contenttype") == "PAGE" || x.text("contenttype") == "BLOGPOST"
}

// wanted reports whether content has changed after the from date.
func (s *site) wanted(x row) bool {
	if present, recent := s.recent(x, "content", "lastmoddate"); present {
		return recent
	}
	present, recent := s.recent(x, "content", "creationdate")
	return present && recent
}

func (s *site) pages(content []row) File {
	f := File{Key: "page_id", Columns: []string{"page_id", "space_key", "page_type", "page_title", "page_content", "page_parent_id",
		"labels", "page_version", "creator_id", "last_modifier_id", "last_update_description"}}
	for _, x := range content {
		if !isPage(x) || !live(x) || !s.wanted(x) {
			continue
		}
		id, _ := s.id(x, "content", "contentid")
		space, in := s.id(x, "content", "spaceid")
		key, known := s.spaces[space]
		if !in || !known {
			continue
		}
		kind := map[bool]string{true: "page", false: "blogpost"}[x.text("contenttype") == "PAGE"]
		f.Records = append(f.Records, Record{number(id), key, kind, x.text("title"), s.bodies[id].text, s.cell(x, "content", "parentid"),
			s.labelCell(id), s.cell(x, "content", "version"), x.text("creator"), x.text("lastmodifier"), x.text("versioncomment")})
	}
	return f
}

func (s *site) comments(content []row) File {
	f := File{Key: "comment_id", Columns: []string{"comment_id", "page_id", "parent_comment_id", "comment_content", "creator_id", "last_modifier_id"}}
	for _, x := range content {
		if x.text("contenttype") != "COMMENT" || !live(x) || !s.wanted(x) {
			continue
		}
		page, ok := s.pageOf(x)
		if !ok {
			continue
		}
		id, _ := s.id(x, "content", "contentid")
		f.Records = append(f.Records, Record{number(id), number(page), s.cell(x, "content", "parentcommentid"), s.bodies[id].text,
			x.text("creator"), x.text("lastmodifier")})
	}
	return f
}

// pageOf is the live page that a comment is on, itself or by an attachment, if it
// has a space.
func (s *site) pageOf(comment row) (id int64, ok bool) {
	id, ok = s.id(comment, "content", "pageid")
	x, there := s.content[id]
	if !ok || !there || !live(x) {
		return 0, false
	}
	if x.text("contenttype") == "ATTACHMENT" {
		if id, ok = s.id(x, "content", "pageid"); !ok {
			return 0, false
		}
		if x, there = s.content[id]; !there {
			return 0, false
		}
	}
	space, in := s.id(x, "content", "spaceid")
	_, known := s.spaces[space]
	return id, isPage(x) && live(x) && in && known
}

// documented are the names of events that are exported.
var documented = map[string]bool{"page_viewed": true, "page_created": true, "page_updated": true, "blog_viewed": true, "blog_created": true,
	"blog_updated": true, "comment_created": true, "attachment_viewed": true, "attachment_created": true}

const (
	fromMillis = 631152000000    // 1990
	lastMillis = 253402300799999 // 9999
)

func (s *site) events(ctx context.Context) File {
	f := File{Key: "event_id", Columns: []string{"event_id", "event_name", "event_author_id", "event_space_key", "event_content_id"}}
	seen := map[int64]bool{}
	for _, x := range s.table(ctx, "AO_7B47A5_EVENT", "ID", "NAME", "EVENT_AT", "USER_KEY", "SPACE_KEY", "CONTENT_ID") {
		if !documented[x.text("NAME")] {
			continue
		}
		id, _ := s.id(x, "AO_7B47A5_EVENT", "ID")
		if seen[id] {
			s.doubt("table AO_7B47A5_EVENT: ID %d is there twice", id)
		}
		seen[id] = true
		at, dated := s.id(x, "AO_7B47A5_EVENT", "EVENT_AT")
		if !dated || at <= fromMillis || at > lastMillis {
			continue
		}
		f.Records = append(f.Records, Record{number(id), x.text("NAME"), x.text("USER_KEY"), x.text("SPACE_KEY"), s.cell(x, "AO_7B47A5_EVENT", "CONTENT_ID")})
	}
	return f
}

// entry is a user in a directory.
type entry struct {
	inactive     bool
	position, id int64
	name         string
}

func (a entry) before(b entry) bool {
	if a.inactive != b.inactive {
		return !a.inactive
	}
	if a.position != b.position {
		return a.position < b.position
	}
	return a.id < b.id
}

// users names each user by the first active directory that has them.
func (s *site) users(ctx context.Context) File {
	f := File{Key: "user_id", Columns: []string{"user_id", "user_name"}}
	const last = 1 << 31
	directories := map[int64]entry{}
	for _, x := range s.table(ctx, "cwd_directory", "id", "active") {
		if id, ok := s.id(x, "cwd_directory", "id"); ok {
			directories[id] = entry{inactive: x.text("active") != "T", position: last}
		}
	}
	for _, x := range s.table(ctx, "cwd_app_dir_mapping", "directory_id", "list_index") {
		id, ok := s.id(x, "cwd_app_dir_mapping", "directory_id")
		position, placed := s.id(x, "cwd_app_dir_mapping", "list_index")
		if d, known := directories[id]; ok && placed && known && position < d.position {
			d.position = position
			directories[id] = d
		}
	}
	best := map[string]entry{}
	for _, x := range s.table(ctx, "cwd_user", "id", "directory_id", "user_name", "lower_user_name") {
		e := entry{inactive: true, position: last}
		if id, ok := s.id(x, "cwd_user", "directory_id"); ok {
			if d, known := directories[id]; known {
				e = d
			}
		}
		e.id, _ = s.id(x, "cwd_user", "id")
		e.name = x.text("user_name")
		if b, there := best[x.text("lower_user_name")]; !there || e.before(b) {
			best[x.text("lower_user_name")] = e
		}
	}
	for _, x := range s.table(ctx, "user_mapping", "user_key", "username", "lower_username") {
		lower := x.text("lower_username")
		if lower == "" {
			lower = strings.ToLower(x.text("username"))
		}
		name := x.text("username")
		if b, there := best[lower]; there && b.name != "" {
			name = b.name
		}
		f.Records = append(f.Records, Record{x.text("user_key"), name})
	}
	return f
}
