package redact

import (
	"slices"
	"strings"
	"testing"

	"sluice/columns"
)

var testKey = &Key{[keySize]byte{1, 2, 3}}

func person(id string) string { return string(testKey.maker().append(nil, domainPerson, []byte(id))) }

func space(key string) string {
	return "~" + string(testKey.maker().append(nil, domainSpace, []byte(key)))
}

// row is a row by the names of columns, of the instance https://w/x.
type row map[string]string

// run redacts rows of a file, and returns them by the names of columns; nil for those
// that are left out.
func run(t *testing.T, r Rules, s *Spaces, file string, header []string, rows ...row) (out []row, p *Plan) {
	t.Helper()
	p, err := r.Plan(file, header, testKey, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range rows {
		var cells [][]byte
		for _, name := range header {
			if name == "instance_url" {
				x[name] = "https://w/x"
			}
			cells = append(cells, []byte(x[name]))
		}
		got, kept := p.Row(cells)
		if !kept {
			out = append(out, nil)
			continue
		}
		y := row{}
		for i, name := range p.Header() {
			y[name] = string(got[i])
		}
		out = append(out, y)
	}
	return out, p
}

func confluence(file string) []string {
	f, _ := columns.Find(columns.Confluence, file)
	return f.Names()
}

func mustParse(t *testing.T, text string) Rules {
	t.Helper()
	r, err := Parse("r", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSamePerson: a person has one pseudonym as an id, in names and addresses of mail,
// in other files, and in mentions.
func TestSamePerson(t *testing.T) {
	r := mustParse(t, "holds: {user-ids: pseudonymise, user-names: pseudonymise, full-names: pseudonymise, e-mails: pseudonymise}")
	users, _ := run(t, r, nil, "users", confluence("users"), row{"user_id": "u1", "user_name": "ann", "user_fullname": "Ann A", "user_email": "a@x.y"})
	pages, _ := run(t, r, nil, "pages", confluence("pages"), row{"page_id": "1", "creator_id": "u1", "page_content": `<ri:user ri:userkey="u1" /> <ri:user ri:username='ann'/>`})
	want := person("u1")
	if u := users[0]; u["user_id"] != want || u["user_name"] != want || u["user_fullname"] != want || u["user_email"] != want+mailDomain {
		t.Errorf("%v", u)
	}
	if p := pages[0]; p["creator_id"] != want || p["last_modifier_id"] != "" || p["page_content"] != `<ri:user ri:userkey="`+want+`" /> <ri:user ri:username='`+Masked+`'/>` {
		t.Errorf("%v", p)
	}
	if person("u2") == want || len(want) != 33 {
		t.Error(want)
	}
	issues, _ := run(t, r, nil, "issues", []string{"id", "creator_id", "creator_name", "creator_shoe"}, row{"creator_id": "u1", "creator_name": "Ann A", "creator_shoe": "43"})
	if i := issues[0]; i["creator_name"] != want || i["creator_shoe"] != "43" {
		t.Errorf("%v", i)
	}
}

func TestAddresses(t *testing.T) {
	ann := space("~ann")
	for _, c := range []struct{ rules, in, want string }{
		{"holds: {titles: drop}", "/display/ENG/Ann%27s+page", "/display/ENG"},
		{"holds: {titles: drop}", "/display/ENG/T?focusedCommentId=3#comment-3", "/display/ENG"},
		{"holds: {titles: drop}", "/spaces/ENG/pages/12/T", "/spaces/ENG/pages/12"},
		{"holds: {titles: drop}", "/spaces/ENG/overview", "/spaces/ENG"},
		{"holds: {titles: drop}", "/pages/viewpage.action?pageId=12&focusedCommentId=3#comment-3", "/pages/viewpage.action?pageId=12&focusedCommentId=3#comment-3"},
		{"holds: {titles: drop}", "/pages/viewpage.action?pageId=12&title=Ann", "/pages/viewpage.action?pageId=12"},
		{"holds: {titles: drop}", "/browse/TEST-1", "/browse/TEST-1"},
		{"holds: {titles: drop}", "/other/Ann", Masked},
		{"columns: {page_title: mask}", "/display/ENG/T", "/display/ENG"},
		{"profile: no-people", "/display/ENG/T?x#y", "/display/ENG/T?x#y"},
		{"profile: no-people", "/display/~ann/Ann", "/display/" + ann},
		{"profile: no-people", "/display/%7Eann/Ann", "/display/" + ann},
		{"profile: no-people", "/spaces/%7eann/pages/1/Ann", "/spaces/" + ann + "/pages/1"},
		{"profile: gdpr", "/display/~ann", "/display/" + ann},
		{"profile: gdpr", "/display/%zz", Masked},
		{"spaces: {personal: keep}", "/display/~ann/Ann", "/display/~ann/Ann"},
		{"holds: {space-keys: mask}", "/display/ENG/T", Masked},
	} {
		out, _ := run(t, mustParse(t, c.rules), nil, "pages", confluence("pages"), row{"page_id": "1", "page_url": "https://w/x" + c.in})
		if got := strings.TrimPrefix(out[0]["page_url"], "https://w/x"); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.rules, c.in, got, c.want)
		}
	}
	out, _ := run(t, mustParse(t, "profile: gdpr"), nil, "pages", confluence("pages"), row{"page_url": "https://elsewhere/display/~ann"})
	if got := out[0]["page_url"]; got != Masked {
		t.Errorf("an address of another instance stays: %s", got)
	}
}

// TestExcluded: records of spaces are left out in each file, comments by the page that
// they are on; where nothing tells, they are left out too, and counted apart.
func TestExcluded(t *testing.T) {
	r, s := mustParse(t, "spaces: {exclude: [HR], personal: drop}"), &Spaces{}
	byID := "https://w/x/pages/viewpage.action?pageId="
	kept := func(file string, rows ...row) (all string, p *Plan) {
		out, p := run(t, r, s, file, confluence(file), rows...)
		for _, o := range out {
			all += map[bool]string{true: "-", false: "+"}[o == nil]
		}
		return all, p
	}
	if got, p := kept("pages", row{"page_id": "1", "space_key": "HR", "page_url": byID + "1"}, row{"page_id": "2", "space_key": "ENG", "page_url": byID + "2"},
		row{"page_id": "3", "space_key": "~ann", "page_url": "https://w/x/display/~ann/T"}); got != "-+-" || p.Excluded != 2 {
		t.Error(got, p.Excluded)
	}
	if got, p := kept("comments", row{"page_id": "1", "comment_url": byID + "1"}, row{"page_id": "2", "comment_url": byID + "2"}, row{"page_id": "9", "comment_url": byID + "9"},
		row{"page_id": "3", "comment_url": "https://w/x/display/%7Eann/T"}, row{"page_id": "4", "comment_url": "https://w/x/display/ENG/T"}); got != "-+--+" || p.Excluded != 2 || p.Unplaced != 1 {
		t.Error(got, p.Excluded, p.Unplaced)
	}
	if got, p := kept("analytics_events", row{"event_space_key": "HR"}, row{"event_space_key": "ENG"}, row{}); got != "-+-" || p.Unplaced != 1 {
		t.Error(got)
	}
	if got, _ := kept("spaces", row{"space_key": "HR"}, row{"space_key": "ENG"}); got != "-+" {
		t.Error(got)
	}
	if got, _ := kept("users", row{"user_id": "u"}); got != "+" {
		t.Error(got)
	}
	for file, header := range map[string][]string{"issue_links": {"id", "link"}, "issues": {"id", "project_key"}} {
		p, err := r.Plan(file, header, nil, nil)
		if err != nil || (p.Whole(file) == nil) != (file == "issues") {
			t.Error(file, err, p.Whole(file))
		}
	}
}

// TestCells: each action, and what profiles do with columns that nobody knows.
func TestCells(t *testing.T) {
	r := mustParse(t, "columns: {page_title: mask, labels: pseudonymise, page_content: cut 3, pages.page_version: drop}")
	out, p := run(t, r, nil, "pages", confluence("pages"), row{"page_id": "1", "page_title": "T", "labels": "[]", "page_content": "äöüß", "page_version": "2"})
	if o := out[0]; o["page_title"] != Masked || o["labels"] != string(testKey.maker().append(nil, domainText, []byte("[]"))) || o["page_content"] != "äöü" || o["page_status"] != "" {
		t.Errorf("%v", o)
	}
	if slices.Contains(p.Header(), "page_version") {
		t.Error("page_version is not dropped")
	}
	if d := p.Done(); !slices.Equal(d.Dropped, []string{"page_version"}) || !slices.Equal(d.Masked, []string{"page_title"}) || !slices.Equal(d.Cut, []string{"page_content"}) ||
		!slices.Equal(d.Pseudonymised, []string{"labels"}) || !slices.Contains(d.InPart, "page_url") {
		t.Errorf("%+v", d)
	}
	gdpr := mustParse(t, "profile: gdpr")
	_, p = run(t, gdpr, nil, "fields", []string{"id", "nick", "value"})
	if !slices.Equal(p.Header(), []string{"id"}) {
		t.Error(p.Header())
	}
	events, _ := run(t, gdpr, nil, "analytics_events", confluence("analytics_events"), row{"event_name": "ann"}, row{"event_name": "page_viewed"})
	if events[0]["event_name"] != Masked || events[1]["event_name"] != "page_viewed" {
		t.Error(events)
	}
	spaces, _ := run(t, mustParse(t, "profile: no-people"), nil, "spaces", confluence("spaces"), row{"space_key": "~ann", "space_name": "Ann"}, row{"space_key": "ENG", "space_name": "Eng"})
	if spaces[0]["space_key"] != space("~ann") || spaces[0]["space_name"] != Masked || spaces[1]["space_name"] != "Eng" {
		t.Error(spaces)
	}
	if _, err := gdpr.Plan("users", nil, nil, nil); err == nil {
		t.Error("pseudonyms are made without a key")
	}
}
