package redact

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestDiffer: what would make rows of two exports seem removed is told.
func TestDiffer(t *testing.T) {
	begin := func(text string, k *Key) *Record {
		r := mustParse(t, text).Begin(k)
		r.Files = append(r.Files, FileRecord{Name: "pages", Dropped: []string{"page_title"}, Excluded: int64(len(text))})
		return r
	}
	gdpr, other := begin("profile: gdpr", testKey), begin("profile: gdpr", &Key{})
	dropped := begin("profile: gdpr", testKey)
	dropped.Files[0].Dropped = nil
	for _, c := range []struct {
		a, b *Record
		says string
	}{{nil, nil, ""}, {gdpr, nil, "only one"}, {nil, gdpr, "only one"}, {gdpr, begin("profile: gdpr", testKey), ""}, {gdpr, other, "different keys"},
		{gdpr, begin("profile: gdpr\nspaces: {exclude: [A]}", testKey), "different rules"}, {gdpr, begin("profile: no-people", testKey), "different rules"}, {gdpr, dropped, "different rules"},
		{begin("spaces: {exclude: [A]}", nil), begin("spaces: {exclude: [A, B]}", nil), "different rules"}, {begin("holds: {titles: drop}", nil), begin("holds: {titles: drop}", nil), ""}} {
		if got := Differ(c.a, c.b); !strings.Contains(got, c.says) || (got == "") != (c.says == "") {
			t.Errorf("%+v, %+v: %q, want %q", c.a, c.b, got, c.says)
		}
	}
	b, err := json.Marshal(begin("profile: gdpr\nspaces: {exclude: [SECRET]}", testKey))
	if err != nil || strings.Contains(string(b), "SECRET") || !strings.Contains(string(b), `"rules":`) {
		t.Errorf("%s, %v", b, err)
	}
}
