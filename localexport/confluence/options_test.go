package confluence

import (
	"strings"
	"testing"
	"time"

	"github.com/gocarina/gocsv"

	"sluice/localexport/wallclock"
)

// TestOptions: each option changes what it says.
func TestOptions(t *testing.T) {
	path := edge(t, "UPDATE content SET content_status = NULL WHERE contentid = 1005")
	tests := []struct {
		name    string
		options Options
		file    string
		with    string // in the file with the option
		without string // in the file without it
	}{
		{"full content", Options{FullContent: true}, "pages", "x😀tail,", ""},
		{"preserved line breaks", Options{PreserveLineBreaks: true}, "pages", "\"crlf\r\nlf\ncr\rboth\n\r\"\"quoted\"\"", "crlf\\nlf"},
		{"line break escape", Options{LineBreakEscape: "<br>"}, "pages", "crlf<br>lf<br>cr<br>both<br><br>", "crlf\\nlf"},
		{"users of directories only", Options{UsersOfDirectoriesOnly: true}, "users", ",idle,", ",gone,"},
		{"limited spaces", Options{LimitSpaces: true, From: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)}, "spaces", "\nENG,", "\nOLD,"},
		{"no opt-outs", Options{IgnoreOptOuts: true}, "pages", "\n1024,", ""},
		{"content without status", Options{StatuslessContent: true}, "pages", "\n1005,", ""},
		{"labels with commas", Options{Labels: LabelsCommas}, "pages", `,"alpha,beta",`, "["},
		{"all labels", Options{AllLabels: true}, "pages", `""beta"", ""favourite""`, ""},
		{"type of blog posts", Options{BlogPostType: "blog post"}, "pages", ",blog post,", ",blogpost,"},
		{"status as stored", Options{SpaceStatusAsStored: true}, "spaces", ",CURRENT,", ",current,"},
		{"addresses by id", Options{PageURLs: URLByID}, "pages", "/a&b/pages/viewpage.action?pageId=1001,", "/display/"},
		{"addresses of spaces", Options{PageURLs: URLSpaces}, "pages", "/a&b/spaces/ENG/pages/1002/C%2B%2B+%26+more%3F,", "/display/"},
		{"code points", Options{CutAtCodePoints: true}, "pages", "x😀,", ""},
		{"marker", Options{CutMarker: "[…]"}, "pages", "x[…],", ""},
		{"comments have attachments", Options{AttachmentComments: AttachmentID}, "comments", ",3001,,<p>on an attachment</p>", ""},
		{"no comments on attachments", Options{AttachmentComments: AttachmentSkip}, "comments", "First comment", "on an attachment"},
		{"milliseconds", Options{Milliseconds: true}, "pages", ",2024-01-02T02:04:05.678Z,2024-07-02T01:04:05.000Z,", ""},
		{"container as stored", Options{EventContainerAsStored: true}, "analytics_events", ",ENG,0,1001\r\n", ",1003,3001\r\nhttps://wiki.example.com/a&b,19"},
		{"all events", Options{AllEvents: true}, "analytics_events", ",page_trashed,", ""},
		{"base URL", Options{BaseURL: "https://other.example.com/"}, "pages", "https://other.example.com,ENG,https://other.example.com/display/", "wiki.example.com"},
		{"zone", Options{Location: time.UTC}, "pages", ",2024-01-02T03:04:05Z,", ",2024-01-02T02:04:05Z,"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, _ := export(t, path, tt.options)
			text := m.files[tt.file].String()
			if !strings.Contains(text, tt.with) {
				t.Errorf("%q is missing in\n%.3000s", tt.with, text)
			}
			if tt.without != "" && strings.Contains(text, tt.without) {
				t.Errorf("%q is still in\n%.3000s", tt.without, text)
			}
			plain, _ := export(t, path, Options{})
			if strings.Contains(plain.files[tt.file].String(), tt.with) && tt.without == "" {
				t.Errorf("%q is there without the option", tt.with)
			}
		})
	}
}

// TestFrom: only what changed after the from date, exactly.
func TestFrom(t *testing.T) {
	path := edge(t)
	count := func(o Options, file string) int {
		m, _ := export(t, path, o)
		return strings.Count(m.files[file].String(), "\r\n") - 1
	}
	at := time.Date(2024, 7, 2, 1, 4, 5, 0, time.UTC) // of comments 2002 to 2005 and 2013, and of the home page
	for _, tt := range []struct {
		file   string
		from   time.Time
		incl   bool
		expect int
	}{
		{"comments", at, false, 0},
		{"comments", at, true, 5},
		{"comments", at.Add(-time.Nanosecond), false, 5},
		{"pages", at, false, 1},
		{"pages", at, true, 2},
		{"pages", time.Date(2024, 10, 27, 0, 30, 0, 499e6, time.UTC), false, 1},
		{"pages", time.Date(2024, 10, 27, 0, 30, 0, 500e6, time.UTC), false, 0},
		{"analytics_events", time.UnixMilli(1719889445000), false, 1},
		{"analytics_events", time.UnixMilli(1719889445000), true, 11},
		{"users", at, false, 7},
		{"spaces", at, false, 3},
	} {
		if got := count(Options{From: tt.from, FromInclusive: tt.incl}, tt.file); got != tt.expect {
			t.Errorf("%s from %v, inclusive %v: %d records, want %d", tt.file, tt.from, tt.incl, got, tt.expect)
		}
	}
}

// TestOnly: files that are not asked for are not opened.
func TestOnly(t *testing.T) {
	m, r := export(t, edge(t), Options{Only: []string{"spaces", "comments"}})
	if len(m.files) != 2 || len(r.Files) != 2 || r.Rows != 3+6 {
		t.Errorf("files %v, result %+v", m.files, r)
	}
}

// TestTypedRows reads the files back into structs with their columns.
func TestTypedRows(t *testing.T) {
	m, r := export(t, edge(t), Options{PreserveLineBreaks: true})
	var users []UserRow
	var spaces []SpaceRow
	var pages []PageRow
	var comments []CommentRow
	var events []EventRow
	for i, into := range []any{&users, &spaces, &pages, &comments, &events} {
		if err := gocsv.UnmarshalBytes(m.files[FileNames[i]].Bytes(), into); err != nil {
			t.Fatalf("%s: %v", FileNames[i], err)
		}
	}
	for i, n := range []int{len(users), len(spaces), len(pages), len(comments), len(events)} {
		if int64(n) != r.Files[i].Rows {
			t.Errorf("%s: read %d of %d records", FileNames[i], n, r.Files[i].Rows)
		}
	}
	home := pages[1]
	if home.PageID != 1001 || home.PageParentID != 0 || home.Labels != `["alpha", "beta"]` || home.PageVersion != 3 ||
		!home.CreatedDate.Equal(time.Date(2024, 1, 2, 2, 4, 5, 0, time.UTC)) ||
		home.LastUpdateDescription != "first,\n\"second\"\nthird" { // encoding/csv reads CRLF as LF
		t.Errorf("home page %+v", home)
	}
	if p := pages[2]; p.PageParentID != 1001 || p.PageContent != "" {
		t.Errorf("page %+v", p)
	}
	if c := comments[5]; !c.UpdatedDate.IsZero() || c.ParentCommentID != 0 || c.PageID != 10000000001 {
		t.Errorf("comment %+v", c)
	}
	if e := events[8]; e.EventContainerID != 0 || e.EventContentID != 2999 || e.EventAuthorID != "" {
		t.Errorf("event %+v", e)
	}
	if u := users[1]; u.UserFullName != `Kim, "Robin"` {
		t.Errorf("user %+v", u)
	}
	if s := spaces[2]; s.SpaceKey != "~robin.kim" || !s.UpdatedDate.IsZero() || s.HomepageURL != "" {
		t.Errorf("space %+v", s)
	}
}

// TestDefaults: without from date and zone they come from the snapshot.
func TestDefaults(t *testing.T) {
	s := demoSnapshot(t, demoOptions)
	p, err := MakePlan(t.Context(), s, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Location != "Europe/Berlin" || p.BaseURL == "" || p.From.IsZero() || len(p.Warnings) != 1 || p.Warnings[0].Key != KeyTimeZone {
		t.Errorf("plan %+v", p)
	}
	newest, err := s.Newest(t.Context(), wallclock.NewZone(p.Zone), 2)
	if err != nil || !p.From.Equal(newest.At.Add(-defaultWindow).Truncate(time.Second)) {
		t.Errorf("from %v, newest %v, %v", p.From, newest, err)
	}
}
