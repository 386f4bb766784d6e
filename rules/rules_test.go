package rules

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var table = Table{
	{Name: "all-events", Field: "AllEvents", Kind: Switch},
	{Name: "labels", Field: "Labels", Kind: Choice, Values: []Value{{Name: "json"}, {Name: "commas"}}},
	{Name: "type", Field: "Type", Kind: Text, Default: "blogpost"},
	{Name: "marker", Field: "Marker", Kind: Text},
}

func TestNormal(t *testing.T) {
	for name, c := range map[string]struct {
		given, want Chosen
		err         string
	}{
		"nothing":      {nil, nil, ""},
		"defaults":     {Chosen{"all-events": "false", "labels": "json", "type": "blogpost", "marker": ""}, nil, ""},
		"an empty one": {Chosen{"type": ""}, nil, ""},
		"others": {Chosen{"all-events": "true", "labels": "commas", "type": "blog post", "marker": "…"},
			Chosen{"all-events": "true", "labels": "commas", "type": "blog post", "marker": "…"}, ""},
		"unknown":     {Chosen{"all-pages": "true"}, nil, `there is no rule "all-pages"`},
		"no switch":   {Chosen{"all-events": "yes"}, nil, `all-events is "yes": it is true or false`},
		"no choice":   {Chosen{"labels": "tabs"}, nil, `labels is "tabs": it is one of json, commas`},
		"empty value": {Chosen{"labels": ""}, nil, `labels is ""`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := table.Normal(c.given)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("%v, want that %s", err, c.err)
				}
				return
			}
			if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
				t.Errorf("%v, (-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestRecord: what a manifest holds becomes the same rules again.
func TestRecord(t *testing.T) {
	for _, chosen := range []Chosen{nil, {"all-events": "true", "labels": "commas", "type": "blog post", "marker": "…"}, {"labels": "commas"}} {
		record := table.Record(chosen)
		b, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		var read map[string]any
		if err := json.Unmarshal(b, &read); err != nil {
			t.Fatal(err)
		}
		for _, r := range []map[string]any{record, read} {
			got, err := table.FromRecord(r)
			if diff := cmp.Diff(chosen, got); err != nil || diff != "" {
				t.Errorf("%s: %v, (-want +got):\n%s", b, err, diff)
			}
		}
	}
	if got := table.Record(Chosen{"all-events": "true", "labels": "commas", "marker": "…"}); !cmp.Equal(got, map[string]any{"AllEvents": true, "Labels": 1, "Marker": "…"}) {
		t.Errorf("a manifest holds %v", got)
	}
}

func TestRecordThatIsNone(t *testing.T) {
	for name, record := range map[string]map[string]any{
		"unknown": {"AllPages": true}, "no switch": {"AllEvents": 1.0}, "no place": {"Labels": 2.0}, "below": {"Labels": -1.0},
		"a part": {"Labels": 0.5}, "a name": {"Labels": "commas"}, "no text": {"Type": true}, "null": {"Type": nil},
	} {
		if c, err := table.FromRecord(record); err == nil {
			t.Errorf("%s: %v was read as %v", name, record, c)
		}
	}
}

func TestFlags(t *testing.T) {
	got := table.Flags(Chosen{"marker": "a b", "labels": "commas", "all-events": "true"})
	if want := []string{"--all-events", "--labels=commas", "--marker=a b"}; !cmp.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
