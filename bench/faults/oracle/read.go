package oracle

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Read reads the snapshot at path, which is absolute.
func Read(ctx context.Context, path string) (Truth, error) {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	db, err := sql.Open("sqlite", u.String()+"?mode=ro&immutable=1")
	if err != nil {
		return Truth{}, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	r := &reader{db: db}
	if _, err := db.ExecContext(ctx, "SELECT count(*) FROM sqlite_schema"); err != nil {
		return Truth{Doubts: []string{err.Error()}}, nil
	}
	s := &site{reader: r, spaces: map[int64]string{}, content: map[int64]row{}, bodies: map[int64]body{}, labels: map[int64][]string{}}
	t := Truth{Files: map[string]File{}}
	t.Files["users"] = s.users(ctx)
	t.Files["spaces"] = s.readSpaces(ctx)
	s.readBodies(ctx)
	s.readLabels(ctx)
	content := r.table(ctx, "content", "contentid", "contenttype", "title", "version", "creator", "creationdate", "lastmodifier",
		"lastmoddate", "versioncomment", "spaceid", "parentid", "prevver", "content_status", "pageid", "parentcommentid")
	for _, x := range content {
		if id, ok := r.id(x, "content", "contentid"); ok {
			if _, twice := s.content[id]; twice {
				r.doubt("table content: contentid %d is there twice", id)
			}
			s.content[id] = x
		}
	}
	t.Files["pages"] = s.pages(content)
	t.Files["comments"] = s.comments(content)
	t.Files["analytics_events"] = s.events(ctx)
	t.Doubts = r.doubts
	return t, ctx.Err()
}

// site is what several files need.
type site struct {
	*reader
	spaces  map[int64]string // keys
	content map[int64]row
	bodies  map[int64]body
	labels  map[int64][]string
}

type body struct {
	kind, id int64
	text     string
}

func (s *site) readSpaces(ctx context.Context) File {
	f := File{Key: "space_key", Columns: []string{"space_key", "space_name", "space_type", "space_status", "creator_id", "last_modifier_id"}}
	for _, x := range s.table(ctx, "spaces", "spaceid", "spacekey", "spacename", "spacetype", "spacestatus", "creator", "lastmodifier") {
		id, _ := s.id(x, "spaces", "spaceid")
		if _, twice := s.spaces[id]; twice {
			s.doubt("table spaces: spaceid %d is there twice", id)
			continue
		}
		s.spaces[id] = x.text("spacekey")
		f.Records = append(f.Records, Record{x.text("spacekey"), x.text("spacename"), x.text("spacetype"),
			strings.ToLower(x.text("spacestatus")), x.text("creator"), x.text("lastmodifier")})
	}
	return f
}

// readBodies chooses for each content the storage format before wiki markup, then
// the newest.
func (s *site) readBodies(ctx context.Context) {
	for _, x := range s.table(ctx, "bodycontent", "bodycontentid", "body", "contentid", "bodytypeid") {
		content, ok := s.id(x, "bodycontent", "contentid")
		kind, typed := s.id(x, "bodycontent", "bodytypeid")
		id, _ := s.id(x, "bodycontent", "bodycontentid")
		if !ok || !typed || kind != 0 && kind != 2 {
			continue
		}
		if b, there := s.bodies[content]; !there || kind > b.kind || kind == b.kind && id > b.id {
			s.bodies[content] = body{kind, id, x.text("body")}
		}
	}
}

func (s *site) readLabels(ctx context.Context) {
	names := map[int64]string{}
	for _, x := range s.table(ctx, "label", "labelid", "name", "namespace") {
		if x.text("namespace") == "global" && x.text("name") != "" {
			id, _ := s.id(x, "label", "labelid")
			names[id] = x.text("name")
		}
	}
	for _, x := range s.table(ctx, "content_label", "labelid", "contentid", "labelableid", "labelabletype") {
		content, ok := s.id(x, "content_label", "contentid")
		if !ok && x.text("labelabletype") == "CONTENT" {
			content, ok = s.id(x, "content_label", "labelableid")
		}
		label, linked := s.id(x, "content_label", "labelid")
		if name, known := names[label]; ok && linked && known {
			s.labels[content] = append(s.labels[content], name)
		}
	}
}

// labelCell is the cell with the labels of a page.
func (s *site) labelCell(id int64) string {
	list := slices.Compact(slices.Sorted(slices.Values(s.labels[id])))
	quoted := make([]string, len(list))
	for i, name := range list {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(name); err != nil {
			s.doubt("label %q: %v", name, err)
		}
		quoted[i] = strings.TrimSuffix(b.String(), "\n")
	}
	return fmt.Sprintf("[%s]", strings.Join(quoted, ", "))
}

// number is an id as a key.
func number(id int64) string { return strconv.FormatInt(id, 10) }
