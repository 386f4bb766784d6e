package snapshot

import (
	"errors"
	"slices"
	"testing"

	"sluice/localexport/sqlread"
)

// cells is a row of texts and numbers; nil is null.
type cells []any

func (c cells) IsNull(i int) bool { return c[i] == nil }
func (c cells) Int(i int) int64   { n, _ := c[i].(int); return int64(n) }
func (c cells) Float(i int) float64 {
	return float64(c.Int(i))
}
func (c cells) Bytes(i int) []byte { s, _ := c[i].(string); return []byte(s) }
func (c cells) Kind(i int) sqlread.Kind {
	switch c[i].(type) {
	case nil:
		return sqlread.Null
	case int:
		return sqlread.Integer
	}
	return sqlread.Text
}

// TestStates: each state, whether people are told of it, and who takes it for live.
func TestStates(t *testing.T) {
	all := Accepted{Statusless: true, Archived: true}
	for _, c := range []struct {
		prevver, status any
		want            State
		odd, live, more bool // more: live if all is accepted
	}{
		{nil, "current", StateLive, false, true, true},
		{"", "current", StateLive, false, true, true},
		{7, "current", StateOld, false, false, false},
		{"7", "current", StateOld, false, false, false},
		{" ", "current", StateBadVersion, true, false, false},
		{`\N`, "current", StateBadVersion, true, false, false},
		{nil, "draft", StateDraft, false, false, false},
		{nil, "deleted", StateDeleted, false, false, false},
		{nil, nil, StateNone, true, false, true},
		{nil, "", StateNone, true, false, true},
		{nil, "archived", StateArchived, true, false, true},
		{nil, "CURRENT", StateUnknown, true, false, false},
	} {
		got := StateOf(cells{c.prevver, c.status}, 0, 1)
		if got != c.want || got.Odd() != c.odd || slices.Contains(Odd[:], got) != c.odd ||
			(Accepted{}).Takes(got) != c.live || all.Takes(got) != c.more {
			t.Errorf("prevver %#v, status %#v: state %d, odd %v", c.prevver, c.status, got, got.Odd())
		}
	}
}

func TestKinds(t *testing.T) {
	for contenttype, want := range map[string]struct {
		kind           Kind
		page, exported bool
	}{
		"PAGE": {KindPage, true, true}, "BLOGPOST": {KindBlogPost, true, true}, "COMMENT": {KindComment, false, true},
		"ATTACHMENT": {KindAttachment, false, false}, "page": {}, "CUSTOM": {}, "": {},
	} {
		if got := KindOf([]byte(contenttype)); got != want.kind || got.IsPage() != want.page || got.IsExported() != want.exported {
			t.Errorf("%q is of kind %d", contenttype, got)
		}
	}
	for name, want := range map[string]Event{"page_created": {true, true}, "blog_viewed": {true, false}, "comment_created": {false, true}, "attachment_created": {}} {
		if got, documented := EventOf([]byte(name)); got != want || !documented {
			t.Errorf("%s is %+v, documented %v", name, got, documented)
		}
	}
	if got, documented := EventOf([]byte("page_trashed")); got != (Event{}) || documented {
		t.Errorf("page_trashed is %+v, documented %v", got, documented)
	}
}

func TestLastChange(t *testing.T) {
	bad := errors.New("bad")
	for _, c := range []struct {
		updated, created string // "" is none, "bad" an error
		want             string
		present          bool
		err              error
	}{
		{"2", "1", "2", true, nil}, {"1", "2", "1", true, nil}, {"", "1", "1", true, nil}, {"", "", "", false, nil},
		{"bad", "1", "", false, bad}, {"1", "bad", "1", true, nil}, {"", "bad", "", false, bad},
	} {
		got, present, err := LastChange(0, 1, func(column int) (string, bool, error) {
			switch v := []string{c.updated, c.created}[column]; v {
			case "bad":
				return "", false, bad
			default:
				return v, v != "", nil
			}
		})
		if got != c.want || present != c.present || err != c.err {
			t.Errorf("%+v: %q, %v, %v", c, got, present, err)
		}
	}
}
